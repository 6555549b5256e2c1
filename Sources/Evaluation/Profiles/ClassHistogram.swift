/// How the values of one feature are spread over one class: every row of the class is counted in
/// exactly one place.
public struct ClassHistogram: Sendable, Equatable, Codable {
  /// The class, by its name among the labels.
  public let name: String
  /// Rows of the class.
  public let rows: Int
  /// Rows without a finite value.
  public let missing: Int
  /// Rows whose value is 0; they are in no bin.
  public let zeros: Int
  /// Rows below the first bin.
  public let below: Int
  /// Rows in each bin.
  public let counts: [Int]
  /// Rows above the last bin.
  public let above: Int

  private enum CodingKeys: String, CodingKey {
    case name = "class"
    case rows, missing, zeros, below, counts, above
  }

  /// Missing, zeros, below, each bin, above: as shares of the rows of the class.
  public var shares: [Double] {
    ([missing, zeros, below] + counts + [above]).map { Double($0) / Double(max(rows, 1)) }
  }

  /// The rows in a bin as a share of the class.
  public func share(ofBin bin: Int) -> Double { Double(counts[bin]) / Double(max(rows, 1)) }
}

extension ClassHistogram {
  /// - Parameters:
  ///   - values: the finite ones, ascending, zeros included.
  ///   - missing: rows beside them.
  init(name: String, values: [Double], missing: Int, bins: HistogramBins) {
    self.name = name
    self.missing = missing
    rows = values.count + missing
    let zeroRange = values.countBelow(0)..<values.countThrough(0)
    zeros = zeroRange.count
    /// Without the zeros, which have a place of their own.
    func countBelow(_ value: Double) -> Int {
      values.countBelow(value) - (value > 0 ? zeroRange.count : 0)
    }
    let edges = bins.edges
    guard let first = edges.first, let last = edges.last else {
      (below, counts, above) = (0, [], 0)
      return
    }
    let through = values.countThrough(last) - (last >= 0 ? zeroRange.count : 0)
    below = countBelow(first)
    above = values.count - zeroRange.count - through
    var counts: [Int] = []
    var passed = below
    for edge in edges.dropFirst().dropLast() {
      let now = countBelow(edge)
      counts.append(now - passed)
      passed = now
    }
    self.counts = counts + [through - passed]
  }
}
