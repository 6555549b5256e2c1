/// How a row of a flow table is written: identity columns, features, then the label. Without
/// state, so that any thread may write rows for a table.
public struct TableRowFormat: Sendable {
  package let featureCount: Int
  private let hasLabel: Bool
  /// One list a feature: the names behind the codes of a categorical one, else empty.
  private let categories: [[String]]
  private let hasCategories: Bool

  init(featureCount: Int, hasLabel: Bool, categories: [[String]]) {
    self.featureCount = featureCount
    self.hasLabel = hasLabel
    self.categories = categories
    hasCategories = categories.contains { !$0.isEmpty }
  }

  /// Appends what follows the identity in a row, and the end of the line.
  /// - Parameters:
  ///   - values: one number for each feature; NaN is an empty cell.
  ///   - label: the class, nil where the row has none; not looked at without a label column.
  package func appendValues(
    _ values: Span<Double>, label: String?, to bytes: inout [UInt8]
  ) {
    precondition(values.count == featureCount)
    for index in values.indices {
      bytes.append(UInt8(ascii: ","))
      if !hasCategories || categories[index].isEmpty {
        NumberWriter.append(values[index], to: &bytes)
      } else if !values[index].isNaN {
        CellText.append(categories[index][Int(values[index])], to: &bytes)
      }
    }
    if hasLabel {
      bytes.append(UInt8(ascii: ","))
      CellText.append(label ?? "", to: &bytes)
    }
    bytes.append(0x0A)
  }
}
