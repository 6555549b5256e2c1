import FeatureTables

/// What a flow table is: its form, its columns, what became of its rows, and what a person should
/// know about it.
public struct TableDescription: Sendable, Equatable, Codable {
  /// A column of the file.
  public struct Column: Sendable, Equatable, Codable {
    /// As in the file, blanks stripped.
    public let header: String
    /// As in our tables.
    public let name: String
    /// `feature`, `label`, `input` (of derived features) or the reason why it is left out.
    public let role: String
    /// Whether values are numbers or names; nil where the column is no feature.
    public let kind: FeatureKind?
    /// What the values measure in our table; `none` where it is nothing or not known.
    public let unit: Unit
  }

  /// A class of rows.
  public struct Class: Sendable, Equatable, Codable {
    /// As in the labels of the table that the file becomes.
    public let name: String
    /// Rows of the class that are used.
    public let rows: Int
    /// Whether the class counts as benign; every other class is malicious.
    public let benign: Bool
  }

  /// The file as it was named; `-` is standard input.
  public let file: String
  /// The identifier of the form.
  public let form: String
  /// The form in words.
  public let title: String
  /// Nil for JSON lines.
  public let delimiter: String?
  /// How the bytes of the file become characters.
  public let encoding: TextEncoding
  /// Whether the file begins with the byte order mark of UTF-8.
  public let hasByteOrderMark: Bool
  /// Whether the first line names the columns.
  public let hasHeader: Bool
  /// What became of every row that was read.
  public let rows: RowAccount
  /// The header of the column that the labels are from; nil where there is none.
  public let labelColumn: String?
  /// The classes of the rows that are used, benign ones first, then by name.
  public let classes: [Class]
  /// Rows used that have no label.
  public let unlabeledRows: Int
  /// The columns of the file in their order, then the features derived from them.
  public let columns: [Column]
  /// The columns that are no features, and why.
  public let excluded: [ExcludedColumn]
  /// Sentences for a person about the form and this file: faults that are known, doubts about
  /// times.
  public let findings: [String]

  private enum CodingKeys: String, CodingKey {
    case file, form, title, delimiter, encoding, rows, classes, columns, excluded, findings
    case hasByteOrderMark = "has_byte_order_mark"
    case hasHeader = "has_header"
    case labelColumn = "label_column"
    case unlabeledRows = "unlabeled_rows"
  }

  static func columns(_ planned: [PlannedColumn], _ part: TablePart) -> [Column] {
    let own = planned.map { column in
      let feature = part.features.first { $0.name == column.name }
      return Column(
        header: column.header, name: column.name, role: column.role.word,
        kind: column.role.isFeature ? feature?.kind : nil,
        unit: column.role.isFeature ? feature?.unit ?? column.unit : column.unit)
    }
    let names = Set(planned.filter { $0.role.isFeature }.map(\.name))
    let derived = part.features.filter { !names.contains($0.name) }.map { feature in
      Column(
        header: "", name: feature.name, role: "derived", kind: feature.kind, unit: feature.unit)
    }
    return own + derived
  }
}

extension PlannedColumn.Role {
  var isFeature: Bool { self == .numeric || self == .categorical || self == .open }

  var word: String {
    switch self {
    case .numeric, .categorical, .open: "feature"
    case .input: "input"
    case .label: "label"
    case .excluded(let reason, _): reason.rawValue
    }
  }
}
