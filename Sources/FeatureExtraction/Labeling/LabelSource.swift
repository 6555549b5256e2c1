/// Where the labels of flows come from: one source for an extraction.
public enum LabelSource: Sendable {
  /// One label for every flow: captures of one class.
  case constant(String)
  /// The rules of a rule file.
  case rules(LabelRules)
  /// The logs of other tools about the same packets.
  case logs(LogLabels)

  /// SHA-256 of the files that labels come from, by their names.
  public var inputDigests: [String: String] {
    switch self {
    case .constant: [:]
    case .rules(let rules): [rules.file: rules.digest]
    case .logs(let labels): labels.inputDigests
    }
  }
}
