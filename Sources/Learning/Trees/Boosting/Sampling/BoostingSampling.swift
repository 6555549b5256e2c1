import FeatureTables

/// Which rows a round grows on and which columns a tree may use; each from a stream of its own.
struct BoostingSampling: Sendable {
  let seed: UInt64
  let rowCount: Int
  let rowShare: Double
  let columnCount: Int
  let columnShare: Double

  /// Indices of rows, ascending.
  struct Rows: Sendable {
    let used: [Int32]
    let unused: [Int32]
  }

  func rows(round: Int) -> Rows {
    guard rowShare < 1 else { return Rows(used: Array(0..<Int32(rowCount)), unused: []) }
    let isUsed = drawn(
      share: rowShare, of: rowCount, stream: UInt64(round) << 1)
    return Rows(
      used: (0..<Int32(rowCount)).filter { isUsed[Int($0)] },
      unused: (0..<Int32(rowCount)).filter { !isUsed[Int($0)] })
  }

  func columns(tree: Int) -> [Int] {
    guard columnShare < 1 else { return Array(0..<columnCount) }
    let isUsed = drawn(share: columnShare, of: columnCount, stream: UInt64(tree) << 1 | 1)
    return (0..<columnCount).filter { isUsed[$0] }
  }

  /// A simple random sample without replacement, at least one (Knuth, TAOCP 2, algorithm S).
  private func drawn(share: Double, of count: Int, stream: UInt64) -> [Bool] {
    var generator = RandomGenerator(seed: seed, stream: stream)
    var wanted = max(1, Int((share * Double(count)).rounded()))
    return (0..<count).map { index in
      let isDrawn = generator.below(count - index) < wanted
      if isDrawn { wanted -= 1 }
      return isDrawn
    }
  }
}
