import FeatureTables
import Models

/// Models that know nothing but what their training rows were like.
enum DriftModels {
  /// A prior with the profiles of a table.
  static func prior(of table: LabeledTable, classes: [String] = ["benign", "malicious"]) -> Model {
    let encoding = FeatureEncoding(
      input: table.matrix.schema, categories: table.matrix.categories, nonfinite: .missing)
    let share = 1 / Double(classes.count)
    return Model(
      encoding: encoding,
      estimator: .prior(
        PriorClassifier(
          featureCount: encoding.encodedCount, prior: classes.map { _ in share })),
      classes: classes, benign: ["benign"],
      training: TrainingFacts(
        learner: "test", rows: table.rowCount,
        classCounts: classes.map { name in
          table.labels.codes.count { $0 >= 0 && table.labels.classes[Int($0)] == name }
        },
        profiles: FeatureProfile.profiles(
          of: table.matrix, labels: table.labels, encoding: encoding)))
  }

  /// One numeric column, all rows of one class but where names are given.
  static func column(_ values: [Double], names: [String]? = nil) -> LabeledTable {
    LabeledTable(
      matrix: FeatureMatrix(
        schema: FeatureSchema(
          identifier: "test", version: 1, features: [Feature("x", in: .none)]),
        rowCount: values.count, values: values),
      labels: Labels(names: names ?? values.indices.map { $0 % 2 == 0 ? "benign" : "malicious" }))
  }
}
