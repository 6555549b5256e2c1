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
    public let kind: FeatureKind?
    public let unit: Unit
  }

  /// A class of rows.
  public struct Class: Sendable, Equatable, Codable {
    public let name: String
    public let rows: Int
    public let benign: Bool
  }

  public let file: String
  /// The identifier of the form.
  public let form: String
  /// The form in words.
  public let title: String
  /// Nil for JSON lines.
  public let delimiter: String?
  public let encoding: TextEncoding
  public let hasByteOrderMark: Bool
  public let hasHeader: Bool
  public let rows: RowAccount
  public let labelColumn: String?
  public let classes: [Class]
  /// Rows used that have no label.
  public let unlabeledRows: Int
  public let columns: [Column]
  public let excluded: [ExcludedColumn]
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
