import Drawing
import Evaluation

extension ReportDocument {
  /// A model card: what the model is, what it is worth and where it fails, from the numbers of the
  /// report.
  public init(_ report: EvaluationReport) {
    let result = report.result
    self.init(
      title: "Model card: \(report.subject.model)",
      blocks: [.text(Verdict(result, alarms: report.curves.alarms).sentence)])
    blocks += [.heading("The model"), .table(ReportDocument.table(report.subject))]
    blocks += ReportDocument.section(result.findings)
    blocks += ReportDocument.section(result.requirements)
    blocks += ReportDocument.section(report.others, beside: result)
    if let drift = result.drift { blocks += ReportDocument.section(drift) }
    blocks += ReportDocument.scores(of: result)
    blocks += ReportDocument.section(result.dailyAlerts)
    if let alarms = report.curves.alarms {
      blocks += [
        .heading("What can be dropped"), .text(ReportDocument.reductionText),
        .table(ReportDocument.reductionTable(alarms)),
      ]
    }
    blocks += [
      .heading("Classes"), .table(ReportDocument.classTable(result.perClass)),
      .heading("Confusions"),
    ]
    let confusions = Confusion.mostFrequent(of: result, limit: 10)
    if confusions.isEmpty { blocks.append(.text("No row was taken for another class.")) }
    blocks += confusions.map { .text($0.sentence + ".") }
    blocks += [
      .text("A row is a true class, a column a predicted one."),
      .table(ReportDocument.table(result.confusionMatrix, classes: result.classes)),
    ]
    if let importances = result.importances { blocks += ReportDocument.section(importances) }
    if let profiles = report.profiles {
      blocks += [
        .heading("How far features tell the classes apart"),
        .table(ReportDocument.table(profiles.features)),
      ]
    }
  }

  static let reductionText =
    "A flow without an alarm need not be passed on. For each share of malicious flows that may be "
    + "missed: where the alarm begins, and what need not be passed on."

  /// Bounds on the miss rate that a reader may have in mind.
  private static let missRates = [0, 0.001, 0.01, 0.05, 0.1]

  /// What is dropped where at most so many malicious flows are missed, and by the model as it is.
  static func reductionTable(_ alarms: AlarmCurves) -> ReportTable {
    let operating = alarms.operatingPoint
    // Columns that nobody knows anything of are no help.
    let volumes: [(String, any KeyPath<AlarmPoint, Double?> & Sendable)] = [
      ("packets dropped", \.packetsDropped), ("bytes dropped", \.bytesDropped),
    ].filter { operating[keyPath: $0.1] != nil }
    func row(_ name: String, _ point: AlarmPoint?) -> [String] {
      [
        name, NumberText.score(point?.threshold), percent(point?.missRate),
        percent(point?.flowsDropped),
      ] + volumes.map { percent(point?[keyPath: $0.1]) } + [percent(point?.falsePositiveRate)]
    }
    return ReportTable(
      header: ["missed at most", "alarm from score", "missed", "flows dropped"]
        + volumes.map(\.0) + ["false alarms"],
      rows: missRates.map { rate in
        row(AxisNumber.percent.text(rate), alarms.sweep.first { $0.missRate <= rate })
      } + [row("model as it is", operating)])
  }

  private static func percent(_ share: Double?) -> String {
    share.map(NumberText.share) ?? "n/a"
  }

  static func table(_ subject: EvaluationReport.Subject) -> ReportTable {
    ReportTable(
      header: ["fact", "value"],
      rows: [
        ["model", subject.model], ["learner", subject.learner],
        ["features", NumberText.count(subject.features)],
        ["rows of training", NumberText.count(subject.trainingRows)],
        ["alarm", alarmText(subject)], ["judged on", subject.data.joined(separator: ", ")],
      ])
  }

  /// What raises an alarm, in words.
  static func alarmText(_ subject: EvaluationReport.Subject) -> String {
    guard let threshold = subject.threshold else { return "where the likeliest class is malicious" }
    let origin = subject.thresholdOrigin
    return "from malicious score \(NumberText.score(threshold)) on"
      + (origin.isEmpty ? "" : " (\(origin))")
  }
}
