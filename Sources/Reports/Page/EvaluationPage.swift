import Drawing
import Evaluation
import FeatureTables

/// A report on a model as a page: first whether it is any good, then why.
struct EvaluationPage {
  let report: EvaluationReport

  private var result: EvaluationResult { report.result }
  private var alarms: AlarmCurves? { report.curves.alarms }

  var html: String {
    Page(
      title: "\(report.subject.model) on \(report.subject.data.joined(separator: ", "))",
      lead: lead, sections: sections,
      footer: "Made by flowmeter \(flowMeterVersion). The numbers are in report.json beside this "
        + "page."
    ).html
  }

  private var sections: [Page.Section] {
    let candidates: [Page.Section?] = [
      findings, IntervalSections.requirements(result),
      OthersSection(result: result, others: report.others).section, scores,
      MatrixSection(result: result).section, alarmSection, IntervalSections.dailyAlerts(result),
      classSection, probabilities, importance, profiles,
      result.drift.flatMap { DriftSection(drift: $0).section }, subject,
    ]
    return candidates.compactMap { $0 }
  }

  // MARK: What to read first

  private var lead: [Markup] {
    let verdict = Verdict(result, alarms: alarms)
    let style = verdict.grade.isBad ? "verdict verdict-doubtful" : "verdict"
    return [
      .element("p", ["class": style], text: verdict.sentence), facts, Piece.paragraph(context),
    ]
  }

  /// The scores that are hardest to gloss over come first.
  private var facts: Markup {
    let tiles: [(String, String, String)] = [
      ("Macro F1", NumberText.score(result.macroF1), "every class counts alike"),
      ("Recall", share(result.recall), "of malicious flows found"),
      ("False positive rate", share(result.falsePositiveRate), "of benign flows with an alarm"),
      ("Precision", share(result.precision), "of alarms are right"),
      ("Data reduction", share(result.dataReduction), "of flows need not be passed on"),
      ("ROC AUC", NumberText.score(result.rocAUC), "0.5 is a guess"),
    ]
    return .element(
      "dl", ["class": "facts"],
      tiles.map { name, value, note in
        .element(
          "div", [:],
          [
            .element("dt", text: name),
            .element("dd", [:], [.text(value), .element("small", text: note)]),
          ])
      })
  }

  private func share(_ value: Double?) -> String { value.map(NumberText.share) ?? "n/a" }

  /// What a reader needs to put the scores in place.
  private var context: String {
    var text =
      "\(NumberText.counted(result.rows, "row", "rows")) of "
      + "\(NumberText.counted(result.classes.count, "class", "classes"))."
    if let most = result.perClass.max(by: { $0.support < $1.support }), result.rows > 0 {
      text +=
        " Always saying '\(most.name)' would be right on "
        + "\(NumberText.share(Double(most.support) / Double(result.rows))); the model is right on "
        + "\(share(result.accuracy))."
    }
    let weakest = result.perClass.filter { $0.support > 0 }.min { $0.f1 < $1.f1 }
    if let weakest, result.classes.count > 2 {
      text +=
        " The weakest class is '\(weakest.name)': F1 \(NumberText.score(weakest.f1)) on "
        + "\(NumberText.counted(weakest.support, "row", "rows"))."
    }
    return text
  }

  // MARK: Sections

  private var findings: Page.Section {
    let content =
      result.findings.isEmpty
      ? [Piece.paragraph("Nothing was found that makes the scores doubtful.")]
      : result.findings.map(Piece.finding)
    return Page.Section(identifier: "findings", heading: "Findings", content: content)
  }

  private var scores: Page.Section {
    func table(_ metrics: [Metric], _ caption: String) -> Markup {
      Piece.table(ReportDocument.scoreTable(metrics, of: result), caption: caption)
    }
    return Page.Section(
      identifier: "scores", heading: "Scores",
      content: [
        Piece.gallery([
          table(Metric.allCases.filter { !$0.isOfAlarms }, "Classes"),
          table(
            Metric.allCases.filter(\.isOfAlarms), "Alarms: any malicious class against the benign"),
        ])
      ] + IntervalSections.notes(result))
  }

  private var alarmSection: Page.Section? {
    guard let alarms else { return nil }
    let figures =
      AlarmFigures.reduction(alarms) + RateFigures.alarmROC(alarms)
      + RateFigures.alarmPrecision(alarms) + AlarmFigures.sweep(alarms)
      + ProbabilityFigures.scores(alarms)
    return Page.Section(
      identifier: "alarms", heading: "Alarms and data reduction",
      content: [
        Piece.paragraph(
          "An alarm is raised \(ReportDocument.alarmText(report.subject)). "
            + RateFigures.operatingWords(alarms.operatingPoint)),
        gallery(figures, "alarm"), Piece.paragraph(ReportDocument.reductionText),
        Piece.table(
          ReportDocument.reductionTable(alarms), caption: "What can be dropped at which miss rate"),
      ])
  }

  private var classSection: Page.Section? {
    let curves = report.curves.classes
    guard alarms == nil || curves.count > 1 else { return nil }
    let figures = RateFigures.classROC(curves) + RateFigures.classPrecision(curves)
    guard !figures.isEmpty else { return nil }
    let table = ReportTable(
      header: ["class", "rows", "ROC AUC", "average precision", "calibration error"],
      rows: curves.map { curve in
        [
          curve.name, NumberText.count(curve.rows), NumberText.score(curve.rocAUC),
          NumberText.score(curve.averagePrecision),
          NumberText.score(curve.reliability.calibrationError),
        ]
      })
    let note =
      curves.count > RateFigures.mostLines
      ? [
        Piece.paragraph(
          "The \(RateFigures.mostLines) classes of the lowest scores are drawn; the table has all.")
      ] : []
    return Page.Section(
      identifier: "classes", heading: "Each class against the rest",
      content: note + [
        gallery(figures, "class"), Piece.table(table, caption: "Areas and errors of each class"),
      ])
  }

  private var probabilities: Page.Section? {
    var figures =
      alarms.map { ProbabilityFigures.reliability($0.curves, of: "the malicious score") } ?? []
    if alarms == nil || report.curves.classes.count > 1 {
      let worst = RateFigures.worst(report.curves.classes) {
        -($0.reliability.calibrationError ?? 0)
      }
      figures += worst.flatMap {
        ProbabilityFigures.reliability($0.curve, of: "'\($0.curve.name)'")
      }
    }
    guard !figures.isEmpty else { return nil }
    return Page.Section(
      identifier: "probabilities", heading: "Are the probabilities what they say?",
      content: [
        Piece.paragraph(
          "Of the flows that the model calls malicious with 80 %, 80 % should be. Points on the "
            + "line are as predicted; below it the model says too much, above it too little."),
        gallery(figures, "reliability"),
      ])
  }

  private var importance: Page.Section? {
    guard let importances = result.importances else { return nil }
    return Page.Section(
      identifier: "importance", heading: "What the model looks at",
      content: [
        Piece.paragraph(
          "On \(NumberText.counted(importances.rows, "row", "rows")). A feature's contribution is "
            + "how far it moves the \(importances.space) of a class from the mean; shuffling shows "
            + "what is lost without it, which is about 0 where others can stand in; gain is what "
            + "its splits improved at training."),
        gallery(ImportanceFigures.figures(importances), "importance"),
        Piece.table(
          EvaluationPage.table(importances), caption: "Features that matter most, of all classes"),
      ])
  }

  private static let importanceRows = 20

  /// One line a feature, however many classes there are.
  private static func table(_ importances: FeatureImportances) -> ReportTable {
    ReportTable(
      header: ["feature", "contribution", "most to", "shuffled (nats)", "gain"],
      rows: importances.ranked.prefix(importanceRows).map { feature in
        let contributions = feature.contributions
        let most = contributions.indices.max { contributions[$0] < contributions[$1] }
        return [
          feature.feature, NumberText.score(contributions.reduce(0, +)),
          most.map { importances.targets[$0] } ?? "", NumberText.score(feature.permutation),
          NumberText.score(feature.gain),
        ]
      })
  }

  private var profiles: Page.Section? {
    guard let profiles = report.profiles, !profiles.features.isEmpty else { return nil }
    return Page.Section(
      identifier: "profiles", heading: "Profiles of these features",
      content: [
        Piece.paragraph(ProfilePage.explanation),
        ProfilePage.gallery(profiles, limit: profiles.features.count),
      ])
  }

  private var subject: Page.Section {
    Page.Section(
      identifier: "model", heading: "The model",
      content: [
        Piece.table(ReportDocument.table(report.subject), caption: "What was judged")
      ])
  }

  private func gallery(_ figures: [Figure], _ name: String) -> Markup {
    Piece.gallery(
      figures.enumerated().map { Piece.figure($1, identifier: "\(name)-\($0 + 1)") })
  }
}
