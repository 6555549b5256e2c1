import FeatureExtraction
import FeatureTables

/// A table that other libraries are fitted to as well: columns of numbers, the classes in `Label`
/// and `Attack`, and `train` or `test` in `Split`.
struct PeerTable {
  private let csv: String
  private let table: LabeledTable

  /// - Parameter target: the column of the classes.
  init(_ csv: String, target: String) throws(DataError) {
    var options = TableReadingOptions()
    options.labelColumn = target
    options.includedFeatures = ["Split"]
    self.csv = csv
    table = try FlowTables.read([csv], options: options)
  }

  /// - Parameter part: `train` or `test`.
  func rows(in part: String) throws(DataError) -> LabeledTable {
    let schema = table.matrix.schema
    guard let split = schema.index(of: "split"),
      let code = table.matrix.categories[split].firstIndex(of: part)
    else {
      throw DataError(
        file: csv, place: .column("Split"), problem: "does not say which rows \(part)",
        remedy: "take a table made for the comparison")
    }
    let rows = (0..<table.rowCount).filter { table.matrix[$0, split] == Double(code) }
    let columns = schema.features.indices.filter {
      !["split", "label", "attack"].contains(schema.features[$0].name)
    }
    var chosen = table.rows(rows)
    chosen.matrix = chosen.matrix.columns(columns)
    return chosen
  }
}
