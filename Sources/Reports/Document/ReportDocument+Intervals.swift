import Evaluation

extension ReportDocument {
  /// Scores, with their intervals where they were measured.
  static func scoreTable(_ metrics: [Metric], of result: EvaluationResult) -> ReportTable {
    guard let intervals = result.intervals else {
      return ReportTable(
        header: ["metric", "value"],
        rows: metrics.map { [$0.title, NumberText.score(result.value(of: $0))] })
    }
    return ReportTable(
      header: ["metric", "value", "95 % from", "to"],
      rows: metrics.map { metric in
        let interval = intervals.interval(of: metric)
        return [
          metric.title, NumberText.score(result.value(of: metric)),
          NumberText.score(interval?.low), NumberText.score(interval?.high),
        ]
      })
  }

  /// How the intervals were found, and what the rows are too few to say.
  static func intervalText(_ intervals: EvaluationIntervals) -> [String] {
    [
      "Intervals hold with 95 %: exact ones (Clopper and Pearson) for shares of rows, else those of "
        + "\(NumberText.count(intervals.resamples)) resamples of the "
        + "\(NumberText.count(intervals.units)) \(intervals.drawn); n/a where the rows cannot say, "
        + "as where there is no error to draw."
    ] + intervals.remarks
  }

  /// What was asked for, and whether it holds; empty where nothing was.
  static func section(_ requirements: [Requirement.Outcome]) -> [Block] {
    requirements.isEmpty
      ? [] : [.heading("Requirements"), .table(table(requirements))]
  }

  static func table(_ requirements: [Requirement.Outcome]) -> ReportTable {
    ReportTable(
      header: ["requirement", "value", "95 % from", "to", "judged by", "holds"],
      rows: requirements.map { outcome in
        [
          outcome.requirement.description, NumberText.score(outcome.value),
          NumberText.score(outcome.interval?.low), NumberText.score(outcome.interval?.high),
          outcome.isByInterval ? "interval" : "value", outcome.holds ? "yes" : "no",
        ]
      })
  }

  /// What a day would bring; empty where no volume was stated.
  static func section(_ alerts: DailyAlerts?) -> [Block] {
    guard let alerts else { return [] }
    return [.heading("Alerts per day"), .text(text(alerts)), .table(table(alerts))]
  }

  static func text(_ alerts: DailyAlerts) -> String {
    "At \(NumberText.amount(alerts.flowsPerDay)) flows a day of which "
      + "\(NumberText.share(alerts.prevalence)) are malicious, if they are like the rows judged."
  }

  static func table(_ alerts: DailyAlerts) -> ReportTable {
    func row(_ name: String, _ estimate: DailyAlerts.Estimate) -> [String] {
      [name] + [estimate.value, estimate.low, estimate.high].map(NumberText.amount)
    }
    let counts = [
      row("alerts", alerts.alerts), row("true alerts", alerts.trueAlerts),
      row("false alerts", alerts.falseAlerts), row("missed attacks", alerts.missed),
    ]
    let precision = alerts.precision.map { estimate in
      ["alerts that are right"]
        + [estimate.value, estimate.low, estimate.high].map(NumberText.share)
    }
    return ReportTable(
      header: ["a day", "value", "95 % from", "to"], rows: counts + (precision.map { [$0] } ?? []))
  }
}

extension NumberText {
  /// An amount that need not be whole: whole from 100 on, with a digit or two below.
  package static func amount(_ value: Double) -> String {
    if abs(value) < 9e15, abs(value) >= 100 || value == 0 {
      return count(Int(value.rounded()))
    }
    return abs(value) >= 9e15 || abs(value) < 0.01
      ? score(value) : "\((value * 100).rounded() / 100)"
  }
}
