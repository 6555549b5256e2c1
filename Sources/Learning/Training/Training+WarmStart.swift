import FeatureTables
import Models

extension Training {
  /// The table as the model that the fit begins with takes it: its columns and its classes, of
  /// which not all need have rows.
  /// - Throws: `DataError` where the model is of another learner, or the table has other columns or
  ///   a class that the model does not know.
  func adopted(_ table: LabeledTable, by model: Model) throws(DataError) -> LabeledTable {
    let learner = model.estimator.uncalibrated.name
    guard settings.learner != .logisticRegression, learner == settings.learner.rawValue else {
      throw DataError(
        .usage, file: "--warm-start",
        problem: "the model is of \(learner), and the fit of \(settings.learner.rawValue)",
        remedy: "only trees can be added to, and to those of the same learner")
    }
    let counts = table.labels.classCounts
    let unknown = table.labels.classes.indices.first {
      counts[$0] > 0 && !model.classes.contains(table.labels.classes[$0])
    }
    if let unknown {
      throw DataError(
        file: table.inputName,
        problem: "the model to begin with does not know the class "
          + "'\(table.labels.classes[unknown])'; it has \(model.classes.joined(separator: ", "))",
        remedy: "fold classes as at its training (--binary), or train anew without --warm-start")
    }
    var adopted = table
    adopted.matrix = try model.inputMatrix(of: table)
    return adopted
  }

  /// That the first trees were grown on other rows or with other settings than these facts tell,
  /// so that a model never looks as if one fit had made it; nil where one fit gives the same.
  func trace(of model: Model, in facts: TrainingFacts) -> JSONValue? {
    let first = model.training
    var (settings, firstSettings) = (facts.hyperparameters, first.hyperparameters)
    settings["trees"] = nil
    firstSettings["trees"] = nil
    let isSame =
      settings == firstSettings && first.seed == facts.seed && first.rows == facts.rows
      && first.classCounts == facts.classCounts
      && first.rowFingerprints == facts.rowFingerprints
    if isSame { return nil }
    return .string(
      "\(model.estimator.trees.count) trees grown on \(first.rows) rows in another fit")
  }
}
