import FeatureTables

extension HyperparameterSpace {
  /// From the arguments of `--try`, each `name=value,value,...`.
  /// - Throws: `DataError` of kind `usage` for an unknown name or a value out of bounds.
  public init(_ learner: LearnerName, parsing assignments: [String]) throws(DataError) {
    let table = HyperparameterTable.of(learner)
    var dimensions: [Dimension] = []
    for assignment in assignments {
      let parts = assignment.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let entry = table[parts[0]] else {
        throw DataError(
          .usage, file: "--try \(assignment)",
          problem: "does not name a hyperparameter of \(learner.rawValue) and its values",
          remedy:
            "for instance \(table.names[0])=... ; there are \(table.names.joined(separator: ", "))")
      }
      var values: [HyperparameterValue] = []
      for text in parts[1].split(separator: ",") {
        guard let value = entry.domain.parse(String(text)) else {
          throw DataError(
            .usage, file: "--try \(assignment)", problem: "'\(text)' is out of bounds",
            remedy: "\(entry.name) takes \(entry.domain)")
        }
        values.append(value)
      }
      dimensions.append(Dimension(entry.name, .list(values)))
    }
    try self.init(learner, dimensions)
  }
}
