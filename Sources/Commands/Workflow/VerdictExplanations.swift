import FeatureTables
import Models

/// The features behind each verdict, as `classify --explain` writes them.
struct VerdictExplanations {
  /// How many features are named for a row.
  let count: Int
  private let explanations: [Explanation]
  private let space: Explainer.Space
  private let classes: [String]
  /// With the features of the model, one row for each of the table.
  private let matrix: FeatureMatrix

  /// - Parameters:
  ///   - count: how many features to name.
  ///   - verdicts: one class a scored row.
  ///   - file: of the model, for errors.
  /// - Throws: `DataError` where the table does not fit the model, or the model cannot be explained.
  init(
    of verdicts: [Int32], on table: LabeledTable, by model: Model, naming count: Int, file: String,
    allowingDifferentDefinitions: Bool, parallel: Parallel
  ) throws(DataError) {
    let explainer = try ModelExplainer(model, file: file)
    self.count = min(count, model.inputSchema.features.count)
    space = explainer.explainer.space
    classes = model.classes
    matrix = try model.inputMatrix(
      of: table, allowingDifferentDefinitions: allowingDifferentDefinitions)
    explanations = try explainer.explain(
      table, verdicts: verdicts, naming: count,
      allowingDifferentDefinitions: allowingDifferentDefinitions, parallel: parallel)
  }

  /// - Parameters:
  ///   - position: among the scored rows.
  ///   - row: of the table.
  func value(position: Int, row: Int) -> JSONValue {
    let explanation = explanations[position]
    return [
      "class": .string(classes[explanation.target]), "space": .string(space.rawValue),
      "baseline": .number(explanation.baseline),
      "features": .array(
        explanation.parts.map { part in
          [
            "feature": .string(matrix.schema.features[part.feature].name),
            "value": cell(row, part.feature), "contribution": .number(part.contribution),
          ]
        }),
      "rest": .number(explanation.rest),
    ]
  }

  /// Column names for a table.
  var header: [String] {
    ["explained_class", "baseline"]
      + (1...count).flatMap { ["feature_\($0)", "value_\($0)", "contribution_\($0)"] } + ["rest"]
  }

  /// One cell a name of `header`.
  func cells(position: Int, row: Int) -> [String] {
    let explanation = explanations[position]
    return [classes[explanation.target], "\(explanation.baseline)"]
      + explanation.parts.flatMap { part in
        let value =
          switch cell(row, part.feature) {
          case .string(let name): name
          case .number(let number): "\(number)"
          default: ""
          }
        return [matrix.schema.features[part.feature].name, value, "\(part.contribution)"]
      } + ["\(explanation.rest)"]
  }

  /// What the table says; null for a missing value.
  private func cell(_ row: Int, _ feature: Int) -> JSONValue {
    let value = matrix[row, feature]
    guard matrix.schema.features[feature].kind == .categorical else {
      return value.isFinite ? .number(value) : .null
    }
    guard let code = Int(exactly: value), matrix.categories[feature].indices.contains(code) else {
      return .null
    }
    return .string(matrix.categories[feature][code])
  }
}
