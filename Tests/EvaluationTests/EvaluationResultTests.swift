import Evaluation
import FeatureTables
import Foundation
import Testing

@Suite struct EvaluationResultTests {
  private func result(_ name: String) throws -> EvaluationResult {
    let known = try Fixtures.read(PredictionCase.self, "predictions-\(name)")
    return EvaluationResult(
      known.predictions,
      findings: [
        Finding(
          .duplicateRows, .warning, "two rows",
          evidence: [
            "rows": .count(2), "share": .number(0.25), "sampled": .flag(true),
            "names": .texts(["a", "b"]), "by_class": .object(["a": .text("x")]),
          ])
      ])
  }

  @Test func everyKeyOfTheContractIsWritten() throws {
    let json = try StableJSON.encode(result("two-only-benign"))
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "rows", "classes", "confusion_matrix", "accuracy", "balanced_accuracy", "macro_f1",
        "weighted_f1", "roc_auc", "average_precision", "log_loss", "brier_score",
        "matthews_correlation", "per_class", "recall", "precision", "f1", "false_positive_rate",
        "fpr", "data_reduction", "malicious_share_of_passed", "findings",
      ])
    #expect(object["roc_auc"] is NSNull)
    let first = try #require((object["per_class"] as? [[String: Any]])?.first)
    #expect(Set(first.keys) == ["class", "precision", "recall", "f1", "support"])
    let finding = try #require((object["findings"] as? [[String: Any]])?.first)
    #expect(Set(finding.keys) == ["kind", "severity", "message", "evidence"])
  }

  @Test(arguments: Fixtures.predictionNames)
  func theJSONReadsBackAndIsStable(name: String) throws {
    let result = try result(name)
    let json = try StableJSON.encode(result)
    let read = try StableJSON.decode(EvaluationResult.self, from: json)
    #expect(read == result)
    #expect(try StableJSON.encode(read) == json)
  }

  @Test(arguments: [
    "{}", #"{"rows": 1, "classes": ["a"], "confusion_matrix": [[1, 2]], "per_class": []}"#,
    #"{"rows": 1, "classes": ["a"], "confusion_matrix": [[-1]], "per_class": []}"#,
    #"{"rows": 1, "classes": ["a"], "confusion_matrix": [[1]], "per_class": []}"#,
  ])
  func damagedJSONIsRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try StableJSON.decode(EvaluationResult.self, from: Array(text.utf8))
    }
  }

  @Test func evidenceThatJSONCannotHoldBecomesText() throws {
    let json = try StableJSON.encode(["a": Evidence.number(.infinity)])
    #expect(try StableJSON.decode([String: Evidence].self, from: json) == ["a": .text("inf")])
  }
}

@Suite struct RequirementTests {
  @Test(arguments: [
    ("recall>=0.75", Metric.recall, Requirement.Comparison.atLeast, 0.75),
    ("fpr < 0.001", .falsePositiveRate, .below, 0.001),
    ("false_positive_rate<=1e-3", .falsePositiveRate, .atMost, 0.001),
    (" macro_f1 > 0.9 ", .macroF1, .above, 0.9),
  ])
  func isRead(
    text: String, metric: Metric, comparison: Requirement.Comparison, bound: Double
  ) throws {
    #expect(try Requirement(parsing: text) == Requirement(metric, comparison, bound))
  }

  @Test(arguments: [
    ("recal>=0.9", "there is no metric 'recal'"), ("recall>=high", "'high' is not a number"),
    ("recall>=nan", "'nan' is not a number"), ("recall", "it compares nothing"),
    ("recall=>0.9", "there is no metric 'recall='"), (">=0.9", "there is no metric ''"),
    ("", "it compares nothing"),
  ])
  func isRefusedWithTheListOfMetrics(text: String, problem: String) {
    let error = #expect(throws: DataError.self) { try Requirement(parsing: text) }
    #expect(error?.problem == problem)
    #expect(error?.exitCode == 64)
    for metric in Metric.allCases {
      #expect(error?.remedy.contains(metric.rawValue) == true)
    }
  }

  @Test func holdsOrNotWithTheValue() throws {
    let known = try Fixtures.read(PredictionCase.self, "predictions-two-no-alarm")
    let result = EvaluationResult(known.predictions)
    let found = try Requirement(parsing: "fpr<=0").check(result)
    #expect(found.holds && found.value == 0)
    #expect(try Requirement(parsing: "fpr>=0").check(result).holds)
    #expect(try !Requirement(parsing: "fpr<0").check(result).holds)
    #expect(try !Requirement(parsing: "fpr>0").check(result).holds)
    let missed = try Requirement(parsing: "recall>=0.5").check(result)
    #expect(!missed.holds)
    #expect(missed.description == "recall>=0.5 does not hold: recall is 0.0")
  }

  @Test func aScoreThatIsNotDefinedKeepsNothing() throws {
    let known = try Fixtures.read(PredictionCase.self, "predictions-two-only-malicious")
    let outcome = try Requirement(parsing: "fpr<=1").check(EvaluationResult(known.predictions))
    #expect(outcome.value == nil && !outcome.holds)
    #expect(outcome.description.contains("is not defined"))
  }
}
