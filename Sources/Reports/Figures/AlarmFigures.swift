import Drawing
import Evaluation

/// What follows from where the alarm begins.
enum AlarmFigures {
  /// Rates over all thresholds.
  static func sweep(_ alarms: AlarmCurves) -> [Figure] {
    let points = alarms.sweep.filter { $0.threshold != nil }
    guard points.count > 1 else { return [] }
    func line(_ index: Int, _ name: String, _ value: (AlarmPoint) -> Double?) -> Mark {
      RateFigures.line(
        points.compactMap { point in value(point).map { Point(point.threshold ?? 0, $0) } }, index,
        name)
    }
    let rule = alarms.operatingPoint.threshold.map {
      [Mark(.verticalRule($0, "operating point"), .accent)]
    }
    return [
      Figure(
        title: "Rates by threshold",
        description: "What happens as the score from which an alarm is raised goes from 0 to 1. "
          + RateFigures.operatingWords(alarms.operatingPoint)
          + (rule == nil ? " No single score decides: the likeliest class does." : ""),
        panels: [
          Panel(
            x: Axis("alarm from malicious score", .linear(0...1)), y: RateFigures.share("rate"),
            marks: [
              line(0, "flows dropped") { $0.flowsDropped },
              line(1, "false positive rate") { $0.falsePositiveRate },
              line(2, "recall") { $0.recall }, line(3, "precision") { $0.precision },
            ] + (rule ?? []))
        ])
    ]
  }

  /// What need not be passed on, against what is missed for it.
  static func reduction(_ alarms: AlarmCurves) -> [Figure] {
    guard alarms.malicious.rows > 0, alarms.sweep.count > 1 else { return [] }
    let operating = alarms.operatingPoint
    let parts: [(String, any KeyPath<AlarmPoint, Double?> & Sendable)] = [
      ("flows", \.flows), ("packets", \.packetsDropped), ("bytes", \.bytesDropped),
    ]
    let lines = parts.enumerated().compactMap { index, part -> Mark? in
      let points = alarms.sweep.compactMap { point in
        point[keyPath: part.1].map { Point(point.missRate, $0) }
      }
      // Where no alarm is raised at all, everything is missed and dropped.
      return points.isEmpty ? nil : RateFigures.line([Point(1, 1)] + points, index, part.0)
    }
    let marks = parts.compactMap { part in
      operating[keyPath: part.1].map { Point(operating.missRate, $0) }
    }
    let words = parts.compactMap { part in
      operating[keyPath: part.1].map { "\(NumberText.share($0)) of \(part.0)" }
    }.joined(separator: ", ")
    let least = 1 / Double(alarms.malicious.rows)
    func figure(_ title: String, _ axis: Axis) -> Figure {
      Figure(
        title: title,
        description: "Share of traffic in flows without an alarm against the share of malicious "
          + "flows among them. The model as it is misses \(NumberText.share(operating.missRate)) "
          + "and drops \(words).",
        panels: [
          Panel(
            x: axis, y: RateFigures.share("dropped"),
            marks: lines + [Mark(.points(marks), .accent, name: "operating point")])
        ])
    }
    return [
      figure("Data reduction by miss rate", RateFigures.share("malicious flows missed")),
      figure(
        "Data reduction at few misses",
        Axis(
          "malicious flows missed, log scale", .logarithmic(min(least, 0.1)...1), as: .percent)),
    ]
  }
}

extension AlarmPoint {
  fileprivate var flows: Double? { flowsDropped }
}
