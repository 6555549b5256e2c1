import ArgumentParser
import Evaluation
import FeatureTables
import Learning

/// How probabilities are put right after training, and how they become alarms.
struct DecisionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Put probabilities right on rows held out of the fit: platt suits few rows, isotonic many.",
      valueName: "none|platt|isotonic"))
  var calibrate: CalibrationMethod = .none

  @Option(
    help: ArgumentHelp(
      "Choose the score from which on a flow is an alarm, on rows held out of the fit.",
      discussion: "One of: \(ThresholdRule.forms). Counts are per day, RATIO is what a miss costs "
        + "in false alarms.",
      valueName: "rule"))
  var threshold = "likeliest"

  @Option(
    help: ArgumentHelp(
      "Hold rows out in so many folds for --calibrate and --threshold; each is one more fit.",
      valueName: "count"))
  var heldOutFolds = 5

  func validate() throws {
    if heldOutFolds < 2 {
      throw ValidationError("--held-out-folds takes a count of at least 2, not \(heldOutFolds).")
    }
  }

  /// - Throws: `DataError` of kind `usage` for a rule that is none.
  func plan(split: SplitMethod) throws(DataError) -> DecisionPlan {
    DecisionPlan(
      calibration: calibrate, rule: try ThresholdRule(parsing: threshold), folds: heldOutFolds,
      split: split)
  }
}

extension CalibrationMethod: ExpressibleByArgument {}
