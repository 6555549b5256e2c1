import Evaluation
import Foundation
import Testing

/// Files that Tests/References/evaluation_fixtures.py made.
enum Fixtures {
  static let predictionNames = [
    "two-ties", "two-fine", "two-threshold", "two-constant", "two-certain", "two-only-benign",
    "two-only-malicious", "two-no-alarm", "two-no-benign-class", "two-one-row", "three-ties",
    "three-absent-truth", "three-absent-everywhere", "three-one-class", "three-constant",
    "three-two-benign", "five-ties", "five-fine-unskilled", "five-rare",
  ]

  static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      type, from: Data(contentsOf: folder.appending(path: "\(name).json")))
  }
}

/// Predictions and what scikit-learn says about them.
struct PredictionCase: Decodable {
  struct Curves: Decodable {
    let roc: [[Double?]]
    let precisionRecall: [[Double?]]
  }

  struct Expected: Decodable {
    let rows: Int
    let confusionMatrix: [[Int]]
    let perClass: [ClassScores]
    let curves: [Curves?]
  }

  let classes: [String]
  let benign: Set<String>
  let truth: [Int32]
  let predicted: [Int32]
  let probabilities: [Double]
  let alarms: [Bool]
  let expected: Expected
  /// `expected` once more, by name.
  let scores: [String: Double?]

  private enum CodingKeys: String, CodingKey {
    case classes, benign, truth, predicted, probabilities, alarms, expected
  }

  /// A score, or anything else that stands beside the scores.
  private struct Score: Decodable {
    let value: Double?

    init(from decoder: any Decoder) throws {
      value = try? decoder.singleValueContainer().decode(Double.self)
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    classes = try container.decode([String].self, forKey: .classes)
    benign = try container.decode(Set<String>.self, forKey: .benign)
    truth = try container.decode([Int32].self, forKey: .truth)
    predicted = try container.decode([Int32].self, forKey: .predicted)
    probabilities = try container.decode([Double].self, forKey: .probabilities)
    alarms = try container.decode([Bool].self, forKey: .alarms)
    expected = try container.decode(Expected.self, forKey: .expected)
    scores = try container.decode([String: Score?].self, forKey: .expected).mapValues {
      $0?.value
    }
  }

  var predictions: Predictions {
    Predictions(
      classes: classes, benign: benign, truth: truth, predicted: predicted,
      probabilities: probabilities, alarms: alarms)
  }
}

/// Whether two numbers agree to 1e-9, absolutely or relatively, or are both absent.
func agree(_ left: Double?, _ right: Double?) -> Bool {
  guard let left, let right else { return left == nil && right == nil }
  return abs(left - right) <= 1e-9 * max(1, abs(right))
}
