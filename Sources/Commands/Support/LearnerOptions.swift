import ArgumentParser
import FeatureTables
import Learning

/// Which learner, and its hyperparameters.
struct LearnerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Train this kind of model.",
      valueName: "logistic-regression|random-forest|gradient-boosting"))
  var learner: LearnerName = .gradientBoosting

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a hyperparameter (repeatable); an unknown name prints the list.",
      valueName: "name=value"))
  var assignments: [String] = []

  func settings() throws(DataError) -> HyperparameterSettings {
    try HyperparameterSettings(learner, parsing: assignments)
  }
}

extension LearnerName: ExpressibleByArgument {}
extension SplitMethod: ExpressibleByArgument {}
