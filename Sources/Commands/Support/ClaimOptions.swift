import ArgumentParser
import Evaluation
import FeatureTables

/// What an evaluation is asked to show: requirements, and what a day of traffic would bring.
struct ClaimOptions: ParsableArguments {
  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "A condition on a metric that must hold (repeatable).", valueName: "'recall>=0.99'"))
  var requirements: [String] = []

  @Flag(
    name: .customLong("ci"),
    help: "Hold requirements against the unfavorable end of the 95 % interval, too.")
  var byInterval = false

  @Option(
    help: ArgumentHelp(
      "Tell alerts, true alerts and missed attacks a day for so many flows (count); takes "
        + "--prevalence.", valueName: "count"))
  var flowsPerDay: Double?

  @Option(
    help: ArgumentHelp(
      "The share of the flows of a day that is malicious (above 0, below 1).", valueName: "share"))
  var prevalence: Double?

  func validate() throws {
    if byInterval, requirements.isEmpty {
      throw ValidationError("--ci says how requirements are judged, and there is no --require.")
    }
    if (flowsPerDay == nil) != (prevalence == nil) {
      throw ValidationError("--flows-per-day and --prevalence go together.")
    }
    if let flowsPerDay, !(flowsPerDay > 0 && flowsPerDay.isFinite) {
      throw ValidationError("--flows-per-day takes a count above 0, not \(flowsPerDay).")
    }
    if let prevalence, !(prevalence > 0 && prevalence < 1) {
      throw ValidationError("--prevalence takes a share above 0 and below 1, not \(prevalence).")
    }
  }

  /// - Throws: `DataError` of kind `usage` for what is no requirement.
  func parsedRequirements() throws(DataError) -> [Requirement] {
    try requirements.map { (text) throws(DataError) in try Requirement(parsing: text) }
  }

  /// Adds intervals, the outcome of requirements and the alerts of a day to an evaluation.
  func judge(
    _ result: inout EvaluationResult, _ rows: ModelEvaluation, _ requirements: [Requirement],
    common: CommonOptions
  ) {
    result.intervals = common.console.during("drawing rows again for intervals") {
      EvaluationIntervals(
        rows.predictions, connections: rows.table.identity.connections, seed: common.seed,
        parallel: common.parallel)
    }
    result.requirements = requirements.map { [result] in
      $0.check(result, byInterval: byInterval)
    }
    guard let flowsPerDay, let prevalence else { return }
    result.dailyAlerts = DailyAlerts(
      rows.predictions, flowsPerDay: flowsPerDay, prevalence: prevalence)
    if result.dailyAlerts == nil {
      common.console.warn(
        "alerts per day are not told: it takes malicious and benign rows to measure rates by")
    }
  }
}
