import FeatureTables
import Models

/// By what a threshold is chosen.
public enum ThresholdRule: Sendable, Equatable {
  /// No threshold: the likeliest class is the verdict.
  case likeliest
  /// This one, from 0 to 1.
  case fixed(Double)
  /// The lowest that raises an alarm on at most this share of the benign rows.
  case falsePositiveRate(Double)
  /// The lowest that raises at most so many alarms a day, with so many flows a day of which the
  /// share `prevalence` is malicious.
  case alertsPerDay(Double, flowsPerDay: Double, prevalence: Double)
  /// The one of the least cost, where a miss costs as much as so many false alarms.
  /// - prevalence: the share of malicious flows; nil for that of the rows.
  case costRatio(Double, prevalence: Double?)
  /// The one of the best F-score, which counts recall `beta` times as much as precision.
  case bestF(beta: Double)

  /// Whether it takes the scores of rows to choose.
  public var needsScores: Bool {
    switch self {
    case .likeliest, .fixed: false
    default: true
    }
  }
}

extension ThresholdRule {
  /// What a rule looks like on the command line.
  public static let forms =
    "likeliest, a score from 0 to 1, f1, f=BETA, fpr=RATE, cost=RATIO[,prevalence=SHARE], or "
    + "alerts-per-day=COUNT,flows-per-day=COUNT,prevalence=SHARE"

  /// Reads a rule in one of `forms`.
  /// - Throws: `DataError` of kind `usage`.
  public init(parsing text: String) throws(DataError) {
    let fields = try ThresholdRule.fields(of: text)
    func has(_ names: Set<String>, optional: Set<String> = []) -> Bool {
      names.isSubset(of: fields.keys) && names.union(optional).isSuperset(of: fields.keys)
    }
    let shares = ["fpr", "prevalence"].compactMap { fields[$0] }
    let amounts = ["f", "cost", "alerts-per-day", "flows-per-day"].compactMap { fields[$0] }
    guard shares.allSatisfy({ $0 > 0 && $0 < 1 }), amounts.allSatisfy({ $0 > 0 && $0.isFinite })
    else { throw ThresholdRule.unreadable(text, "a number is out of bounds") }
    if text == "likeliest" {
      self = .likeliest
    } else if text == "f1" {
      self = .bestF(beta: 1)
    } else if let value = Double(text), 0...1 ~= value {
      self = .fixed(value)
    } else if let rate = fields["fpr"], has(["fpr"]) {
      self = .falsePositiveRate(rate)
    } else if let beta = fields["f"], has(["f"]) {
      self = .bestF(beta: beta)
    } else if let ratio = fields["cost"], has(["cost"], optional: ["prevalence"]) {
      self = .costRatio(ratio, prevalence: fields["prevalence"])
    } else if let alerts = fields["alerts-per-day"], let flows = fields["flows-per-day"],
      let prevalence = fields["prevalence"],
      has(["alerts-per-day", "flows-per-day", "prevalence"])
    {
      self = .alertsPerDay(alerts, flowsPerDay: flows, prevalence: prevalence)
    } else {
      throw ThresholdRule.unreadable(text, "is no rule for a threshold")
    }
  }

  /// The parts `name=number`; empty for a text without any.
  private static func fields(of text: String) throws(DataError) -> [String: Double] {
    guard text.contains("=") else { return [:] }
    var fields: [String: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, let value = Double(sides[1]) else {
        throw unreadable(text, "'\(part)' is not name=number")
      }
      guard fields.updateValue(value, forKey: String(sides[0])) == nil else {
        throw unreadable(text, "'\(sides[0])' occurs twice")
      }
    }
    return fields
  }

  private static func unreadable(_ text: String, _ problem: String) -> DataError {
    DataError(
      .usage, file: "--threshold \(text)", problem: problem, remedy: "a rule is one of: \(forms)")
  }

  /// As on the command line.
  public var description: String {
    switch self {
    case .likeliest: "likeliest"
    case .fixed(let value): "\(value)"
    case .falsePositiveRate(let rate): "fpr=\(rate)"
    case .alertsPerDay(let alerts, let flows, let prevalence):
      "alerts-per-day=\(alerts),flows-per-day=\(flows),prevalence=\(prevalence)"
    case .costRatio(let ratio, let prevalence):
      "cost=\(ratio)" + (prevalence.map { ",prevalence=\($0)" } ?? "")
    case .bestF(let beta): beta == 1 ? "f1" : "f=\(beta)"
    }
  }

  var method: Threshold.Method {
    switch self {
    case .likeliest: .likeliest
    case .fixed: .fixed
    case .falsePositiveRate: .falsePositiveRate
    case .alertsPerDay: .alertsPerDay
    case .costRatio: .costRatio
    case .bestF: .bestF
    }
  }
}
