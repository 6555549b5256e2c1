import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport

/// Tables made from bytes.
struct TableBytes {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func read(
    _ text: String, _ name: String = "table.csv",
    _ change: (inout TableReadingOptions) -> Void = { _ in }
  ) throws -> LabeledTable {
    try read(Array(text.utf8), name, change)
  }

  func read(
    _ bytes: [UInt8], _ name: String = "table.csv",
    _ change: (inout TableReadingOptions) -> Void = { _ in }
  ) throws -> LabeledTable {
    var options = TableReadingOptions()
    change(&options)
    return try FlowTables.read([try folder.file(name, bytes)], options: options)
  }

  func describe(_ text: String, _ name: String = "table.csv") throws -> TableDescription {
    try FlowTables.describe(try folder.file(name, text))
  }
}

extension LabeledTable {
  /// A column by the name of its feature; empty where there is none.
  func column(_ name: String) -> [Double] {
    matrix.schema.index(of: name).map { Array(matrix.column($0)) } ?? []
  }

  /// The texts of a categorical column, nil where a value is missing.
  func names(_ name: String) -> [String?] {
    guard let index = matrix.schema.index(of: name) else { return [] }
    return matrix.column(index).map { $0.isNaN ? nil : matrix.categories[index][Int($0)] }
  }

  /// The class of each row.
  var classNames: [String?] {
    labels.codes.map { $0 < 0 ? nil : labels.classes[Int($0)] }
  }

  func reason(_ header: String) -> ExcludedColumn.Reason? {
    excluded.first { $0.name == header }?.reason
  }
}

/// Rows of `aliases.tsv`, read anew and by other code than the program's.
struct AliasRow {
  let cells: [String]
  var column: String { cells[1] }
  var role: String { cells[3] }
  var form: String { cells[5] }
  var header: String { cells[6] }
  var position: Int? { Int(cells[7]) }

  static let all: [AliasRow] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/FeatureExtraction/Resources/aliases.tsv")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n").dropFirst().filter { !$0.isEmpty }.map {
      AliasRow(cells: $0.components(separatedBy: "\t"))
    }
  }()

  /// The columns of a form in their order.
  static func columns(_ form: String) -> [AliasRow] {
    all.filter { $0.form == form }.sorted { ($0.position ?? 0) < ($1.position ?? 0) }
  }

  /// A file of a form: the header of the alias table and rows whose cells `cell` gives.
  static func file(
    _ form: String, rows: Int, end: String = "\n", _ cell: (AliasRow, Int) -> String
  ) -> String {
    let columns = columns(form)
    var lines = [columns.map(\.header).joined(separator: ",")]
    for row in 0..<rows {
      lines.append(columns.map { cell($0, row) }.joined(separator: ","))
    }
    return lines.joined(separator: end) + end
  }

  /// A cell that fits the column, with one label after the other.
  static func plain(_ row: AliasRow, _ number: Int, labels: [String]) -> String {
    switch (row.role, row.column) {
    case ("label", "label"), ("label", "attack_category"): labels[number % labels.count]
    case ("label", _): "-1"
    case (_, "flow_id"): "10.0.0.1-10.0.0.2-1000-80-6"
    case (_, "source_address"): "10.0.0.1"
    case (_, "destination_address"): "10.0.0.2"
    case (_, "start_time"): "14/02/2018 08:31:0\(number % 10)"
    case (_, "protocol"): number % 2 == 0 ? "6" : "17"
    case (_, "similar_http"): "0"
    default:
      row.header.hasSuffix("Header Length.1")
        ? "40" : "\(40 + number * (row.column == "forward_header_length_total" ? 0 : 1))"
    }
  }
}
