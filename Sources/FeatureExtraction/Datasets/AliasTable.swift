import FeatureTables

/// How far the columns of one name in two forms are the same quantity.
public enum Comparability: String, Sendable, Codable {
  /// The same quantity, once units agree.
  case same
  /// The same idea under another definition of packet or flow.
  case approximate
  /// Other semantics: never feed it to a model of another form.
  case differs
  /// A text or code that is translated first.
  case recoded
  /// Source and destination are exchanged in the file.
  case swapped
  /// Sums that wrap at 16 bits.
  case wraps16
}

/// One row of `aliases.tsv`: the header of a column in one form, and what it means.
struct Alias: Sendable {
  enum Role: String, Sendable {
    case feature, categorical, identifier, label, leak, duplicate
  }

  /// In snake_case.
  let column: String
  let role: Role
  /// Nil for times.
  let unit: Unit?
  let form: String
  let header: String
  /// From the file's unit to ours.
  let scale: Double
  let comparability: Comparability
}

/// The spellings of columns in every known form, from `aliases.tsv`.
struct AliasTable: Sendable {
  static let shared = AliasTable(ResourceFile.bytes("aliases.tsv"))

  let rows: [Alias]
  private let byForm: [String: [String: Alias]]
  /// Headers that mean the same in all forms after CICFlowMeter that have them.
  private let common: [String: Alias]
  private let units: [String: Unit]

  init(_ bytes: [UInt8]) {
    let lines = DelimitedTable.records(
      of: bytes, dialect: TextDialect(delimiter: 0x09, hasQuotes: false), limit: .max)
    rows = lines.dropFirst().map { cells in
      AliasTable.alias(cells.map { String(decoding: $0, as: UTF8.self) })
    }
    var byForm: [String: [String: Alias]] = [:]
    var common: [String: Alias?] = [:]
    var units: [String: Unit] = [:]
    for row in rows {
      let key = SnakeCase.folded(row.header)
      let known = byForm[row.form]?[key]
      // The second copy of a doubled column stays with its first.
      if known == nil { byForm[row.form, default: [:]][key] = row }
      if let unit = row.unit { units[row.column] = unit }
      guard AliasTable.isAfterCICFlowMeter(row.form), row.role != .duplicate else { continue }
      if let seen = common[key] {
        if seen?.column != row.column || seen?.scale != row.scale { common[key] = .some(nil) }
      } else {
        common[key] = row
      }
    }
    self.byForm = byForm
    self.common = common.compactMapValues { $0 }
    self.units = units
  }

  /// The alias of a header in a form, by its folded spelling, or with blanks for underscores.
  func alias(_ folded: String, form: String) -> Alias? {
    guard let aliases = byForm[form] else { return nil }
    return aliases[folded] ?? aliases[folded.replacingUnderscores()]
  }

  /// The alias of a header that the forms after CICFlowMeter agree on.
  func commonAlias(_ folded: String) -> Alias? {
    common[folded] ?? common[folded.replacingUnderscores()]
  }

  /// The unit of a canonical column.
  func unit(of column: String) -> Unit? { units[column] }

  func hasForm(_ form: String) -> Bool { byForm[form] != nil }

  /// How comparable a canonical column of a form is, nil where the form does not have it.
  func comparability(of column: String, form: String) -> Comparability? {
    byForm[form]?.values.first { $0.column == column && $0.role != .duplicate }?.comparability
  }

  private static func isAfterCICFlowMeter(_ form: String) -> Bool {
    ["cic", "cse2018", "ddos2019", "iot-underscored", "webcap"].contains { form.hasPrefix($0) }
      && form != "cicflowmeter-python-s-82"
  }

  /// canonical, column, cic2017_name, role, unit, form, header, position, scale, comparability,
  /// evidence.
  private static func alias(_ cells: [String]) -> Alias {
    guard cells.count == 11, let role = Alias.Role(rawValue: cells[3]),
      let scale = Double(cells[8]), let comparability = Comparability(rawValue: cells[9])
    else { preconditionFailure("aliases.tsv: \(cells) is no alias") }
    return Alias(
      column: cells[1], role: role, unit: Unit(rawValue: cells[4]), form: cells[5],
      header: cells[6], scale: scale, comparability: comparability)
  }
}

extension String {
  fileprivate func replacingUnderscores() -> String {
    String(map { $0 == "_" ? " " : $0 })
  }
}
