import FeatureTables
import Models
import Reports

extension Threshold {
  /// For a person: `alarm: from score 0.43 (0.4 to 0.47); …`.
  var lines: [String] {
    guard let value else { return ["alarm: likeliest class"] }
    var line = "alarm: from score \(value)" + (interval?.text ?? "")
    if method != .fixed { line += ", by \(method.rawValue.replacing("-", with: " "))" }
    if !chosenOn.isEmpty { line += " (\(chosenOn))" }
    return [line]
      + measured.map {
        "  \($0.name.words) there: \(NumberText.score($0.value))" + ($0.interval?.text ?? "")
      }
  }

  /// As JSON.
  var summary: JSONValue {
    [
      "method": .string(method.rawValue), "value": value.map { .number($0) } ?? .null,
      "chosen_on": .string(chosenOn), "interval": interval.json,
      "measured": .array(
        measured.map {
          ["name": .string($0.name), "value": .number($0.value), "interval": $0.interval.json]
        }),
    ]
  }
}

extension Estimator {
  /// How probabilities are put right, in words; nil where they are not.
  var calibration: String? {
    guard case .calibrated(let classifier) = self else { return nil }
    let isPlatt = classifier.calibrators.contains {
      if case .platt = $0 { true } else { false }
    }
    let rows = classifier.fittedOn.isEmpty ? "" : " (\(classifier.fittedOn))"
    return (isPlatt ? "platt" : "isotonic") + rows
  }
}

extension ClosedRange<Double> {
  fileprivate var text: String {
    ", 95 % interval \(NumberText.score(lowerBound)) to \(NumberText.score(upperBound))"
  }
}

extension ClosedRange<Double>? {
  fileprivate var json: JSONValue {
    map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
  }
}
