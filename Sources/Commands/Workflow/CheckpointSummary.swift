import Models
import Reports

/// A checkpoint in a few lines.
struct CheckpointSummary: Encodable {
  let learner: String
  let trees: Int
  let classes: Int
  let hyperparameters: [String: String]
  let seed: UInt64
  let toolVersion: String

  private enum CodingKeys: String, CodingKey {
    case learner, trees, classes, hyperparameters, seed
    case toolVersion = "tool_version"
  }

  init(_ checkpoint: TreeCheckpoint) {
    learner = checkpoint.identity.learner
    trees = checkpoint.trees.trees.count
    classes = checkpoint.trees.classCount
    hyperparameters = checkpoint.identity.hyperparameters
    seed = checkpoint.identity.seed
    toolVersion = checkpoint.identity.toolVersion
  }

  /// For a person.
  var text: String {
    "checkpoint of \(learner), with \(NumberText.counted(trees, "tree", "trees")) for "
      + "\(classes) classes; seed \(seed), flowmeter \(toolVersion)\nsettings: "
      + hyperparameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)".printable }
      .joined(separator: " ")
  }
}
