/// The distinct fingerprints of many rows or connections, or the smallest of them where there are
/// more than a model should carry. Keeping the smallest makes a fair sample that depends on the
/// rows alone and can be compared exactly: a fingerprint up to `limit` was seen if and only if it
/// is among `hashes`.
public struct FingerprintSample: Sendable, Equatable {
  /// So many are kept where nothing else is said: a cap on the size of a model file.
  public static let standardCapacity = 8_192

  /// Distinct, ascending.
  public let hashes: [UInt64]
  /// How many distinct fingerprints there were.
  public let total: Int

  /// - Parameters:
  ///   - all: in any order, with repeats.
  ///   - capacity: how many distinct fingerprints to keep.
  public init(
    _ all: some Sequence<UInt64>, capacity: Int = FingerprintSample.standardCapacity
  ) {
    precondition(capacity > 0)
    let distinct = Set(all).sorted()
    hashes = Array(distinct.prefix(capacity))
    total = distinct.count
  }

  /// From a stored sample.
  /// - Parameters:
  ///   - stored: in any order.
  ///   - total: how many there were, at least the distinct ones of `stored`.
  public init(stored: some Sequence<UInt64>, total: Int) {
    hashes = Set(stored).sorted()
    precondition(total >= hashes.count)
    self.total = total
  }

  /// Whether nothing was left out.
  public var isComplete: Bool { hashes.count == total }

  /// The largest fingerprint that the sample can say something about.
  public var limit: UInt64 { isComplete ? .max : hashes.last ?? 0 }

  /// How many of `others` could be told, and how many of those are in the sample. Their ratio
  /// estimates the share of `others` that was seen; it is exact for a complete sample.
  /// - Complexity: O(others).
  public func overlap(with others: [UInt64]) -> (checked: Int, found: Int) {
    let known = Set(hashes)
    return (others.count { $0 <= limit }, others.count { known.contains($0) })
  }
}
