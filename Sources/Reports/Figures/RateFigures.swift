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
    ofClasses(
      classes, title: "ROC curves of classes", x: "false positive rate", y: "recall",
      measure: "area", score: { $0.rocAUC },
      points: { $0.roc.map { Point($0.falsePositiveRate, $0.truePositiveRate) } })
  }

  /// Precision-recall curves of the classes of the lowest average precision.
  static func classPrecision(_ classes: [ClassCurves]) -> [Figure] {
    ofClasses(
      classes, title: "Precision and recall of classes", x: "recall", y: "precision",
      measure: "average precision", score: { $0.averagePrecision },
      points: { $0.precisionRecall.map { Point($0.recall, $0.precision) } })
  }

  /// One line each for the classes of the lowest score, if any of them has one.
  private static func ofClasses(
    _ classes: [ClassCurves], title: String, x: String, y: String, measure: String,
    score: (ClassCurves) -> Double?, points: (ClassCurves) -> [Point]
  ) -> [Figure] {
    let drawn = worst(classes) { score($0) ?? 1 }.filter { !points($0.curve).isEmpty }
    guard !drawn.isEmpty else { return [] }
    return [
      Figure(
        title: title, description: words(drawn, of: classes, measure, score),
        panels: [
          Panel(
            x: share(x), y: share(y),
            marks: drawn.map { index, curve in
              line(points(curve), index, "\(curve.name) \(NumberText.score(score(curve)))")
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
