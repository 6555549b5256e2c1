import FeatureTables

/// How often each row counts in a tree: as many draws with replacement as there are rows, or once.
struct Bootstrap: Sendable {
  /// One a row.
  let counts: [Int32]

  /// - Parameter generator: of the tree; the draws come first from it.
  init(rowCount: Int, isDrawn: Bool, generator: inout RandomGenerator) {
    guard isDrawn else {
      counts = Array(repeating: 1, count: rowCount)
      return
    }
    var counts = [Int32](repeating: 0, count: rowCount)
    for _ in 0..<rowCount { counts[generator.below(rowCount)] += 1 }
    self.counts = counts
  }
}
