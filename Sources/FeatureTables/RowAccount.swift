/// What became of every row that was read: used, or dropped for a counted reason.
public struct RowAccount: Sendable, Equatable, Codable {
  /// Data rows read; `used` plus the sum of `dropped`.
  public var read = 0
  public var used = 0
  /// Rows left out by reason: `header_rows`, `empty_rows`, `ragged_rows`, `unlabeled_rows`,
  /// `nonfinite_rows`, …
  public var dropped: [String: Int] = [:]
  /// Values that were not finite, by column and then by kind: `nan`, `infinity`,
  /// `negative_infinity`, `empty`.
  public var nonfinite: [String: [String: Int]] = [:]
  /// Things a person should know, counted: `unknown_labels`, `unseen_categories`, …
  public var remarks: [String: Int] = [:]

  public init() {}

  /// Counts rows as dropped that were counted as used.
  public mutating func drop(_ count: Int, as reason: String) {
    guard count > 0 else { return }
    used -= count
    dropped[reason, default: 0] += count
  }

  /// The sum over two inputs.
  public static func + (left: RowAccount, right: RowAccount) -> RowAccount {
    var sum = left
    sum.read += right.read
    sum.used += right.used
    sum.dropped.merge(right.dropped, uniquingKeysWith: +)
    sum.nonfinite.merge(right.nonfinite) { $0.merging($1, uniquingKeysWith: +) }
    sum.remarks.merge(right.remarks, uniquingKeysWith: +)
    return sum
  }
}

/// A column that was read but is not a feature, and why.
public struct ExcludedColumn: Sendable, Hashable, Codable {
  public enum Reason: String, Sendable, Codable, CaseIterable {
    case identifier
    case timestamp
    case label
    case leak
    case duplicate
    case optional
    case text
  }

  /// As in the file, after blanks are stripped.
  public let name: String
  public let reason: Reason
  /// One sentence for a person: what makes it unfit.
  public let explanation: String

  public init(name: String, reason: Reason, explanation: String) {
    self.name = name
    self.reason = reason
    self.explanation = explanation
  }
}
