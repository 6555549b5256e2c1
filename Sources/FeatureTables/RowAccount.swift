/// What became of every row that was read: used, or dropped for a counted reason.
public struct RowAccount: Sendable, Equatable, Codable {
  /// Data rows read; `used` plus the sum of `dropped`.
  public var read = 0
  /// Rows that went into the table.
  public var used = 0
  /// Rows left out by reason: `header_rows`, `empty_rows`, `ragged_rows`, `unlabeled_rows`,
  /// `nonfinite_rows`, …
  public var dropped: [String: Int] = [:]
  /// Values that were not finite, by column and then by kind: `nan`, `infinity`,
  /// `negative_infinity`, `empty`.
  public var nonfinite: [String: [String: Int]] = [:]
  /// Things a person should know, counted: `unknown_labels`, `unseen_categories`, …
  public var remarks: [String: Int] = [:]

  /// The account of an input without rows.
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
  /// What makes a column unfit as a feature. The raw value is the word in files.
  public enum Reason: String, Sendable, Codable, CaseIterable {
    /// It says which flow a row is, not what the flow is like: an address, a port, a row number.
    case identifier
    /// It is a time, which gives away when the label was given.
    case timestamp
    /// It is another label than the one in use.
    case label
    /// It gives the class away.
    case leak
    /// It says the same as another column.
    case duplicate
    /// It is a feature only where it is asked for by name.
    case optional
    /// It is free text, has too many distinct texts, or is not in the table's own description.
    case text
  }

  /// As in the file, after blanks are stripped.
  public let name: String
  /// Why it is no feature, in one word for files.
  public let reason: Reason
  /// One sentence for a person: what makes it unfit.
  public let explanation: String

  /// - Parameters:
  ///   - name: as in the file, without blanks around it.
  ///   - explanation: one sentence for a person.
  public init(name: String, reason: Reason, explanation: String) {
    self.name = name
    self.reason = reason
    self.explanation = explanation
  }
}
