/// How a row of a flow table is written: identity columns, features, then the label. Without
/// state, so that any thread may write rows for a table.
public struct TableRowFormat: Sendable {
  package let featureCount: Int
  private let hasIdentity: Bool
  private let hasLabel: Bool
  private let writesNonfinite: Bool
  /// One list a feature: the names behind the codes of a categorical one, else empty. Without any,
  /// no list at all will do.
  private let categories: [[String]]
  private let hasCategories: Bool

  init(
    featureCount: Int, hasIdentity: Bool, hasLabel: Bool, categories: [[String]],
    writesNonfinite: Bool
  ) {
    self.featureCount = featureCount
    self.hasIdentity = hasIdentity
    self.hasLabel = hasLabel
    self.writesNonfinite = writesNonfinite
    self.categories = categories
    hasCategories = categories.contains { !$0.isEmpty }
  }

  /// Appends what follows the identity in a row, and the end of the line.
  /// - Parameters:
  ///   - values: one number for each feature; what is not finite is an empty cell unless
  ///     the style of the table says otherwise.
  ///   - label: the class, nil where the row has none; not looked at without a label column.
  package func appendValues(
    _ values: Span<Double>, label: String?, to bytes: inout [UInt8]
  ) {
    precondition(values.count == featureCount)
    for index in values.indices {
      if index > 0 || hasIdentity { bytes.append(UInt8(ascii: ",")) }
      if !values[index].isFinite {
        if writesNonfinite { TableRowFormat.appendNonfinite(values[index], to: &bytes) }
      } else if !hasCategories || categories[index].isEmpty {
        NumberWriter.append(values[index], to: &bytes)
      } else {
        CellText.append(categories[index][Int(values[index])], to: &bytes)
      }
    }
    if hasLabel {
      if featureCount > 0 || hasIdentity { bytes.append(UInt8(ascii: ",")) }
      CellText.append(label ?? "", to: &bytes)
    }
    bytes.append(0x0A)
  }

  /// As Java writes them, and pandas reads them.
  private static func appendNonfinite(_ value: Double, to bytes: inout [UInt8]) {
    let text = value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
    bytes.append(contentsOf: text.utf8)
  }
}
