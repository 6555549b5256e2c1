import Evaluation
import FeatureTables

extension ReportDocument {
  /// An evaluation: the verdict in a sentence or two, every score, the classes, their confusions
  /// and the findings.
  public init(_ result: EvaluationResult, title: String = "Evaluation") {
    self.init(title: title, blocks: [.text(ReportDocument.summary(of: result))])
    blocks += ReportDocument.section(result.requirements)
    blocks += ReportDocument.scores(of: result)
    blocks += ReportDocument.section(result.dailyAlerts)
    blocks += [
      .heading("Classes"), .table(ReportDocument.classTable(result.perClass)),
      .heading("Confusion matrix"),
      .text("A row is a true class, a column a predicted one."),
      .table(ReportDocument.table(result.confusionMatrix, classes: result.classes)),
    ]
    if let importances = result.importances { blocks += ReportDocument.section(importances) }
    blocks += ReportDocument.section(result.findings)
    if let drift = result.drift { blocks += ReportDocument.section(drift) }
  }

  /// How many rows each class has in each of several tables, such as training and test.
  public init(
    classCounts tables: [(name: String, labels: Labels)], title: String = "Rows by class"
  ) {
    var classes: [String] = []
    for (_, labels) in tables {
      classes += labels.classes.filter { !classes.contains($0) }
    }
    let counts = tables.map { table in
      Dictionary(
        zip(table.labels.classes, table.labels.classCounts), uniquingKeysWith: { first, _ in first }
      )
    }
    let rows = classes.map { name in
      [name] + counts.map { NumberText.count($0[name] ?? 0) }
    }
    let totals = ["total"] + counts.map { NumberText.count($0.values.reduce(0, +)) }
    self.init(
      title: title,
      blocks: [
        .table(ReportTable(header: ["class"] + tables.map(\.name), rows: rows + [totals]))
      ])
  }

  /// Findings by themselves, for a model that nothing judged.
  public init(_ findings: [Finding]) {
    self.init(title: "Findings", blocks: [ReportDocument.block(of: findings)])
  }

  /// The findings, or a sentence that there are none.
  static func section(_ findings: [Finding]) -> [Block] {
    [.heading("Findings"), block(of: findings)]
  }

  private static func block(of findings: [Finding]) -> Block {
    findings.isEmpty
      ? .text("Nothing was found that makes the scores doubtful.") : .findings(findings)
  }

  /// What to bear in mind before reading any score; empty where there is nothing.
  static func caution(_ findings: [Finding]) -> String {
    let grave = findings.count { $0.severity > .info }
    guard grave > 0 else { return "" }
    return " The scores are doubtful for \(NumberText.counted(grave, "reason", "reasons")): "
      + "see the findings."
  }

  private static func summary(of result: EvaluationResult) -> String {
    let size =
      NumberText.counted(result.rows, "row", "rows") + " of "
      + NumberText.counted(result.classes.count, "class", "classes")
    guard let macroF1 = result.macroF1 else { return "\(size): nothing to judge." }
    var text = "\(size): macro F1 \(NumberText.score(macroF1))."
    if let recall = result.recall, let rate = result.falsePositiveRate {
      text +=
        " \(NumberText.percent(recall)) of the malicious flows and \(NumberText.percent(rate)) of "
        + "the benign ones raise an alarm."
    }
    return text + caution(result.findings)
  }

  static func scores(of result: EvaluationResult) -> [Block] {
    func table(_ metrics: [Metric]) -> Block {
      .table(scoreTable(metrics, of: result))
    }
    return [
      .heading("Scores"), table(Metric.allCases.filter { !$0.isOfAlarms }),
      .heading("Alarms"), .text("Any malicious class against the benign ones."),
      table(Metric.allCases.filter(\.isOfAlarms)),
    ] + (result.intervals.map { intervalText($0).map { .text($0) } } ?? [])
  }

  static func classTable(_ classes: [ClassScores]) -> ReportTable {
    ReportTable(
      header: ["class", "precision", "recall", "F1", "rows"],
      rows: classes.map { scores in
        [
          scores.name, NumberText.score(scores.precision), NumberText.score(scores.recall),
          NumberText.score(scores.f1), NumberText.count(scores.support),
        ]
      })
  }

  static func table(_ matrix: ConfusionMatrix, classes: [String]) -> ReportTable {
    ReportTable(
      header: ["truth \\ predicted"] + classes,
      rows: zip(classes, matrix.rows).map { name, counts in
        [name] + counts.map(NumberText.count)
      })
  }
}
