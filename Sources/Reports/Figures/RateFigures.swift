import Drawing
import Evaluation

/// Curves of hits against false alarms.
enum RateFigures {
  /// More lines than these cannot be told from each other.
  static let mostLines = 6

  /// The ROC curve of alarms, once as usual and once for few false alarms.
  static func alarmROC(_ alarms: AlarmCurves) -> [Figure] {
    let curve = alarms.curves
    guard !curve.roc.isEmpty else { return [] }
    let points = curve.roc.map { Point($0.falsePositiveRate, $0.truePositiveRate) }
    let area = NumberText.score(curve.rocAUC)
    let words =
      "Share of malicious rows found against share of benign rows with a false alarm. "
      + "Area \(area). " + operatingWords(alarms.operatingPoint)
    let least = 1 / Double(max(alarms.benign.rows, 1))
    let operating = alarms.operatingPoint.falsePositiveRate.map {
      Point($0, alarms.operatingPoint.recall)
    }
    let chance = Mark(.line([Point(0, 0), Point(1, 1)]), .neutral, name: "by chance")
    return [
      Figure(
        title: "ROC curve of alarms, area \(area)", description: words,
        panels: [
          Panel(
            x: share("false positive rate"), y: share("recall"),
            marks: [chance, line(points, 1, "model")] + mark(operating))
        ]),
      Figure(
        title: "ROC curve at few false alarms",
        description: words
          + " The horizontal axis is logarithmic, from one benign row on; none is at its start.",
        panels: [
          Panel(
            x: Axis(
              "false positive rate, log scale", .logarithmic(min(least, 0.1)...1), as: .percent),
            y: share("recall"), marks: [line(points, 1, "model")] + mark(operating))
        ]),
    ]
  }

  /// The precision-recall curve of alarms.
  static func alarmPrecision(_ alarms: AlarmCurves) -> [Figure] {
    let curve = alarms.curves
    guard !curve.precisionRecall.isEmpty else { return [] }
    let share =
      Double(alarms.malicious.rows)
      / Double(max(alarms.malicious.rows + alarms.benign.rows, 1))
    let points = curve.precisionRecall.map { Point($0.recall, $0.precision) }
    let precision = NumberText.score(curve.averagePrecision)
    return [
      Figure(
        title: "Precision and recall of alarms, average \(precision)",
        description: "Share of alarms that are right against share of malicious rows found. "
          + "Average precision \(precision); \(NumberText.share(share)) of the rows are "
          + "malicious. " + operatingWords(alarms.operatingPoint),
        panels: [
          Panel(
            x: RateFigures.share("recall"), y: RateFigures.share("precision"),
            marks: [Mark(.horizontalRule(share, ""), .neutral, name: "by chance")]
              + [line(points, 1, "model")]
              + mark(Point(alarms.operatingPoint.recall, alarms.operatingPoint.precision)))
        ])
    ]
  }

  /// ROC curves of the classes of the smallest areas.
  static func classROC(_ classes: [ClassCurves]) -> [Figure] {
    let drawn = worst(classes) { $0.rocAUC ?? 1 }.filter { !$0.curve.roc.isEmpty }
    guard !drawn.isEmpty else { return [] }
    return [
      Figure(
        title: "ROC curves of classes",
        description: words(drawn, of: classes, "area") { $0.rocAUC },
        panels: [
          Panel(
            x: share("false positive rate"), y: share("recall"),
            marks: drawn.map { index, curve in
              line(
                curve.roc.map { Point($0.falsePositiveRate, $0.truePositiveRate) }, index,
                "\(curve.name) \(NumberText.score(curve.rocAUC))")
            })
        ])
    ]
  }

  /// Precision-recall curves of the classes of the lowest average precision.
  static func classPrecision(_ classes: [ClassCurves]) -> [Figure] {
    let drawn = worst(classes) { $0.averagePrecision ?? 1 }
      .filter { !$0.curve.precisionRecall.isEmpty }
    guard !drawn.isEmpty else { return [] }
    return [
      Figure(
        title: "Precision and recall of classes",
        description: words(drawn, of: classes, "average precision") { $0.averagePrecision },
        panels: [
          Panel(
            x: share("recall"), y: share("precision"),
            marks: drawn.map { index, curve in
              line(
                curve.precisionRecall.map { Point($0.recall, $0.precision) }, index,
                "\(curve.name) \(NumberText.score(curve.averagePrecision))")
            })
        ])
    ]
  }

  // MARK: Parts

  static func share(_ label: String) -> Axis { Axis(label, .linear(0...1), as: .percent) }

  static func line(_ points: [Point], _ index: Int, _ name: String) -> Mark {
    Mark(.line(points), .series(index), name: name)
  }

  /// The operating point, where there is one.
  static func mark(_ point: Point?) -> [Mark] {
    point.map { [Mark(.points([$0]), .accent, name: "operating point")] } ?? []
  }

  static func operatingWords(_ point: AlarmPoint) -> String {
    "The model as it is finds \(NumberText.share(point.recall)) of the malicious rows"
      + (point.falsePositiveRate.map {
        " at false alarms on \(NumberText.share($0)) of the benign ones"
      } ?? "") + "."
  }

  /// Those with the least score, but in the order of the classes; each with its place among them,
  /// so that it has one color in all figures.
  static func worst(
    _ classes: [ClassCurves], by score: (ClassCurves) -> Double
  ) -> [(index: Int, curve: ClassCurves)] {
    let chosen = classes.indices.sorted {
      let (first, second) = (score(classes[$0]), score(classes[$1]))
      return first == second ? $0 < $1 : first < second
    }.prefix(mostLines).sorted()
    return chosen.map { ($0, classes[$0]) }
  }

  private static func words(
    _ drawn: [(index: Int, curve: ClassCurves)], of all: [ClassCurves], _ measure: String,
    _ score: (ClassCurves) -> Double?
  ) -> String {
    let list = drawn.map { "\($0.curve.name) \(NumberText.score(score($0.curve)))" }.joined(
      separator: ", ")
    let which =
      drawn.count < all.count ? "The \(drawn.count) classes of the lowest \(measure): " : ""
    return "Each class against all others. " + which + "\(measure) \(list)."
  }
}
