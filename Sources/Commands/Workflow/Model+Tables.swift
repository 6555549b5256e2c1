import FeatureExtraction
import FeatureTables
import Models

extension Model {
  /// Whether the classes were folded into benign and malicious.
  var knowsTwoSidesOnly: Bool { classes == ["benign", "malicious"] }

  /// Whether a table of another form may be scored: because that is asked for, or because the
  /// alias table says that every column means the same there.
  func takes(_ table: LabeledTable, whateverIsDefined isAsked: Bool) -> Bool {
    let offered = table.matrix.schema
    if isAsked { return true }
    return offered.identifier != inputSchema.identifier
      && Definitions.differences(trained: inputSchema, offered: offered).isEmpty
  }
}
