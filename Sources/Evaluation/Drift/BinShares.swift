import Foundation

/// Two ways in which rows are spread over the same bins, to be compared.
struct BinShares {
  /// Rows in each bin at training, possibly weighted.
  let trained: [Double]
  /// Rows in each bin now.
  let seen: [Double]

  /// The population stability index with half a row added to each bin that is in use; 0 where a
  /// side has no rows.
  var stabilityIndex: Double {
    let used = usedBins
    let (trainedTotal, seenTotal) = (trained.reduce(0, +), seen.reduce(0, +))
    guard trainedTotal > 0, seenTotal > 0 else { return 0 }
    let added = Double(used.count) / 2
    return used.reduce(0) { sum, bin in
      let before = (trained[bin] + 0.5) / (trainedTotal + added)
      let now = (seen[bin] + 0.5) / (seenTotal + added)
      return sum + (now - before) * log(now / before)
    }
  }

  /// What the index of two samples of one population exceeds once in a thousand: over 1/n + 1/m it
  /// is distributed as chi squared with one degree of freedom less than there are bins (Yurdakul
  /// and Naranjo, "Statistical properties of the population stability index", 2020); its quantile
  /// by the cube of Wilson and Hilferty (1931).
  var chanceIndex: Double {
    let degrees = Double(usedBins.count - 1)
    let (trainedTotal, seenTotal) = (trained.reduce(0, +), seen.reduce(0, +))
    guard degrees > 0, trainedTotal > 0, seenTotal > 0 else { return 0 }
    let normalQuantile = 3.090_232_306_167_813
    let spread = 2 / (9 * degrees)
    let root = 1 - spread + normalQuantile * spread.squareRoot()
    return degrees * root * root * root * (1 / trainedTotal + 1 / seenTotal)
  }

  /// The largest distance of the cumulative shares over the first `count` bins; nil where a side
  /// has nothing in them.
  func kolmogorovSmirnov(ofFirst count: Int) -> Double? {
    let (trainedTotal, seenTotal) = (
      trained.prefix(count).reduce(0, +), seen.prefix(count).reduce(0, +)
    )
    guard trainedTotal > 0, seenTotal > 0 else { return nil }
    var (before, now, largest) = (0.0, 0.0, 0.0)
    for bin in 0..<count {
      before += trained[bin]
      now += seen[bin]
      largest = max(largest, abs(before / trainedTotal - now / seenTotal))
    }
    return largest
  }

  private var usedBins: [Int] { trained.indices.filter { trained[$0] > 0 || seen[$0] > 0 } }
}
