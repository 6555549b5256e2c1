import FeatureTables

/// What a fit is made of, so that an unfinished one is taken up by the same fit alone. Two fits of
/// one identity give the same trees.
package struct FitIdentity: Sendable, Equatable {
  /// As on the command line: `gradient-boosting`.
  package let learner: String
  /// Every hyperparameter in its printed form, by name.
  package let hyperparameters: [String: String]
  /// What random choices start from.
  package let seed: UInt64
  /// SHA-256 of the rows that teach and of those that stop the fit.
  package let data: String
  /// SHA-256 of the trees that the fit begins with; empty where it begins with none.
  package let start: String
  /// The version of the program.
  package let toolVersion: String

  package init(
    learner: String, hyperparameters: [String: String], seed: UInt64, data: String,
    start: String = "", toolVersion: String = flowMeterVersion
  ) {
    self.learner = learner
    self.hyperparameters = hyperparameters
    self.seed = seed
    self.data = data
    self.start = start
    self.toolVersion = toolVersion
  }

  /// The first thing in which another fit differs, in words that follow the name of a file of the
  /// other fit; nil where nothing does.
  package func difference(of other: FitIdentity) -> String? {
    if other.toolVersion != toolVersion {
      return "was written by flowmeter \(other.toolVersion), and this is \(toolVersion)"
    }
    if other.learner != learner { return "belongs to a fit of \(other.learner), not \(learner)" }
    let names = Set(hyperparameters.keys).union(other.hyperparameters.keys).sorted()
    for name in names where hyperparameters[name] != other.hyperparameters[name] {
      return "belongs to a fit with \(name)=\(other.hyperparameters[name] ?? "nothing"), not "
        + "\(name)=\(hyperparameters[name] ?? "nothing")"
    }
    if other.seed != seed { return "belongs to a fit with seed \(other.seed), not \(seed)" }
    if other.data != data { return "belongs to a fit to other rows" }
    return other.start == start ? nil : "belongs to a fit that began with other trees"
  }
}

extension FitIdentity {
  func write(to writer: inout JSONWriter) {
    writer.member("learner", .string(learner))
    writer.member("hyperparameters", texts: hyperparameters)
    writer.member("seed", unsigned: seed)
    writer.member("data", .string(data))
    writer.member("start", .string(start))
    writer.member("tool_version", .string(toolVersion))
  }

  init(_ element: JSONElement) throws(DataError) {
    self.init(
      learner: try element.member("learner").string(),
      hyperparameters: try element.member("hyperparameters").texts(),
      seed: try element.member("seed").unsigned(), data: try element.member("data").string(),
      start: try element.member("start").string(),
      toolVersion: try element.member("tool_version").string())
  }
}
