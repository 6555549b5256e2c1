import FeatureTables

/// A part of all flows: one of `count` extractions that together give exactly the rows of one.
/// All packets of a connection fall into the same part, on every machine.
public struct Shard: Sendable, Equatable {
  /// From 0.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// - Throws: `DataError` of kind `usage` unless 0 ≤ `index` < `count`.
  public init(index: Int, count: Int) throws(DataError) {
    guard count > 0, 0..<count ~= index else {
      throw DataError(
        .usage, file: "shard \(index)/\(count)", problem: "is none",
        remedy: "give I/K with 0 ≤ I < K: 0/4, 1/4, 2/4 and 3/4 are the parts of four")
    }
    (self.index, self.count) = (index, count)
  }

  @inline(__always)
  func holds(_ key: borrowing FlowKey) -> Bool {
    // The upper bits of a product choose evenly among any number of parts.
    Int(truncatingIfNeeded: Shard.hash.word(key).multipliedFullWidth(by: UInt64(count)).high)
      == index
  }

  /// Without a secret, as other processes must agree: what crafted traffic could do is to fall
  /// into one part.
  private static let hash = FlowHash()
}
