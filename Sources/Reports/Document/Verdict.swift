import Evaluation

/// Whether a model is any good, in one sentence, from the numbers of its evaluation.
struct Verdict {
  /// In one word.
  enum Grade: String {
    case undefined, doubtful, small, excellent, good, fair, poor, useless
  }

  /// Fewer rows on a side say little about its rate.
  private static let fewestRows = 30

  let grade: Grade
  let sentence: String

  /// - Parameter alarms: nil where the classes are all benign, or none is.
  init(_ result: EvaluationResult, alarms: AlarmCurves?) {
    guard result.rows > 0 else {
      (grade, sentence) = (.undefined, "There is nothing to judge: no row has a label.")
      return
    }
    let facts = Verdict.facts(result, alarms)
    let errors = result.findings.count { $0.severity == .error }
    let warnings = result.findings.count { $0.severity == .warning }
    let sides = alarms.map { [$0.malicious.rows, $0.benign.rows] } ?? []
    if errors > 0 {
      grade = .doubtful
      sentence =
        "Do not rely on these scores, for \(NumberText.counted(errors, "reason", "reasons")) "
        + "given under Findings; at face value, \(facts)."
    } else if sides.contains(where: { 1..<Verdict.fewestRows ~= $0 }) {
      grade = .small
      sentence =
        "Too small a test to say, with \(NumberText.count(sides[0])) malicious and "
        + "\(NumberText.count(sides[1])) benign rows: \(facts)."
    } else {
      grade = Verdict.grade(Verdict.merit(result, alarms))
      let doubt =
        warnings == 0
        ? ""
        : " at face value, but doubtful for "
          + "\(NumberText.counted(warnings, "reason", "reasons")) given under Findings"
      sentence = "\(grade.word)\(doubt): \(facts)."
    }
  }

  /// `the model finds 97.5 % of the malicious flows (95 % interval …) and …`
  private static func facts(_ result: EvaluationResult, _ alarms: AlarmCurves?) -> String {
    guard let alarms, let found = rate(alarms.malicious) ?? rate(alarms.benign) else {
      return "its macro F1 over \(NumberText.counted(result.classes.count, "class", "classes")) is "
        + NumberText.score(result.macroF1)
    }
    guard rate(alarms.malicious) != nil else {
      return "the model raises a false alarm on \(found) of the benign flows, and there is no "
        + "malicious one to find"
    }
    guard let wrong = rate(alarms.benign) else {
      return "the model finds \(found) of the malicious flows, and there is no benign one to "
        + "raise a false alarm on"
    }
    return "the model finds \(found) of the malicious flows and raises a false alarm on \(wrong) "
      + "of the benign ones"
  }

  private static func rate(_ side: AlarmCurves.Side) -> String? {
    guard let interval = side.interval else { return nil }
    return NumberText.share(Double(side.alarms) / Double(side.rows))
      + " (95 % interval \(NumberText.share(interval.lowerBound)) to "
      + "\(NumberText.share(interval.upperBound)))"
  }

  /// 1 is perfect, 0 a guess: recall less false positive rate (Youden 1950), or, where that does
  /// not exist, the balanced accuracy between that of a guess and 1. Of more than two classes the
  /// mean with the macro F1, or a model that takes attacks for each other were as good as one that
  /// names them.
  private static func merit(_ result: EvaluationResult, _ alarms: AlarmCurves?) -> Double {
    let classes = max(result.perClass.count { $0.support > 0 }, 1)
    guard let alarms, alarms.malicious.rows > 0, alarms.benign.rows > 0,
      let rate = alarms.operatingPoint.falsePositiveRate
    else {
      let guess = 1 / Double(classes)
      let accuracy = result.balancedAccuracy ?? 0
      return classes == 1 ? accuracy : (accuracy - guess) / (1 - guess)
    }
    let merit = alarms.operatingPoint.recall - rate
    return classes > 2 ? min(merit, (merit + (result.macroF1 ?? 0)) / 2) : merit
  }

  private static func grade(_ merit: Double) -> Grade {
    switch merit {
    case 0.97...: .excellent
    case 0.9..<0.97: .good
    case 0.7..<0.9: .fair
    case 0.1..<0.7: .poor
    default: .useless
    }
  }
}

extension Verdict.Grade {
  fileprivate var word: String {
    switch self {
    case .undefined: "Not judged"
    case .doubtful: "Doubtful"
    case .small: "Too small a test"
    case .excellent: "Excellent"
    case .good: "Good"
    case .fair: "Fair"
    case .poor: "Poor"
    case .useless: "No better than a guess"
    }
  }

  /// Whether a reader should be warned before reading on.
  var isBad: Bool {
    switch self {
    case .excellent, .good, .fair: false
    default: true
    }
  }
}
