/// Where the labels of flows come from: one source for an extraction.
public enum LabelSource: Sendable {
  /// One label for every flow: captures of one class.
  case constant(String)
  /// The rules of a rule file.
  case rules(LabelRules)
}
