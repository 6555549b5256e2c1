import Foundation

/// Probabilities of two classes from the margin of the second: rows by 2.
public func logisticProbabilities(_ margins: [Double]) -> [Double] {
  margins.flatMap { margin in
    // Each side from its own exponential, so that neither is lost to rounding near 0.
    let exponential = exp(-abs(margin))
    let (larger, smaller) = (1 / (1 + exponential), exponential / (1 + exponential))
    return margin >= 0 ? [smaller, larger] : [larger, smaller]
  }
}

/// Probabilities from one margin a class: rows by classes.
public func softmaxProbabilities(_ margins: [Double], classCount: Int) -> [Double] {
  var probabilities = margins
  for start in stride(from: 0, to: margins.count, by: classCount) {
    let row = start..<start + classCount
    let largest = margins[row].max() ?? 0
    var total = 0.0
    for index in row {
      probabilities[index] = exp(margins[index] - largest)
      total += probabilities[index]
    }
    for index in row { probabilities[index] /= total }
  }
  return probabilities
}
