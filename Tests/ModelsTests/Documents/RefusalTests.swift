import FeatureTables
import Models
import Testing

/// One change to a sound document, and where the reader must find it.
struct Tampering: CustomTestStringConvertible, Sendable {
  let model: Int
  let original: String
  let changed: String
  let path: String

  init(_ model: Int, _ original: String, _ changed: String, at path: String) {
    (self.model, self.original, self.changed, self.path) = (model, original, changed, path)
  }

  var testDescription: String { "\(path): \(changed)" }
}

private let linear = 0
private let threeClassLinear = 1
private let forest = 2
private let boosted = 3
private let threeClassBoosted = 4
private let prior = 5
private let calibrated = 6
private let calibratedThreeClasses = 7
private let linearWithErrors = 8

private let tamperings: [Tampering] = [
  // Envelope.
  Tampering(linear, "\"classes\": [\"benign\",", "\"classes\": [\"dos\",", at: "classes"),
  Tampering(linear, "\"classes\": [\"benign\",\"dos\"]", "\"classes\": []", at: "classes"),
  Tampering(linear, "\"classes\": [\"benign\",\"dos\"]", "\"classes\": [\"dos\"]", at: "classes"),
  Tampering(linear, "\"classes\": [\"benign\",", "\"classes\": [1,", at: "classes[0]"),
  Tampering(
    linear, "\"benign_classes\": [\"benign\"]", "\"benign_classes\": [\"normal\"]",
    at: "benign_classes"),
  Tampering(
    linear, "\"benign_classes\": [\"benign\"]", "\"benign_classes\": [\"dos\",\"dos\"]",
    at: "benign_classes"),
  Tampering(linear, "\"nonfinite\": \"missing\"", "\"nonfinite\": \"ignore\"", at: "nonfinite"),
  Tampering(linear, "\"120s\"", "120", at: "flow_settings.idle_timeout"),
  // Features.
  Tampering(linear, "\"bytes_per_second\",", "\"duration\",", at: "features.columns[2]"),
  Tampering(linear, "\"microseconds\"", "\"lightyears\"", at: "features.columns[0].unit"),
  Tampering(linear, "\"numeric\"", "\"ordinal\"", at: "features.columns[0].kind"),
  Tampering(
    linear, "\"kind\": \"numeric\"", "\"kind\": \"numeric\", \"categories\": []",
    at: "features.columns[0].categories"),
  Tampering(linear, "\"icmp\",", "\"údp\",", at: "features.columns[1].categories"),
  Tampering(linear, "\"icmp\",", "", at: "estimator.means"),
  // Threshold.
  Tampering(forest, "\"value\": 0.3", "\"value\": 1.3", at: "threshold.value"),
  Tampering(forest, "\"value\": 0.3", "\"value\": -0.3", at: "threshold.value"),
  Tampering(forest, "\"value\": 0.3", "\"value\": null", at: "threshold.value"),
  Tampering(forest, "\"fixed\"", "\"likeliest\"", at: "threshold.value"),
  Tampering(forest, "[0.1,0.4]", "[0.4,0.1]", at: "threshold.interval"),
  Tampering(forest, "[0.1,0.4]", "[0.1]", at: "threshold.interval"),
  Tampering(
    calibrated, "[0.0025,0.445]", "[0.5,0.445]", at: "threshold.measured[0].interval"),
  Tampering(calibrated, "\"cost_per_flow\"", "7", at: "threshold.measured[1].name"),
  // Calibration.
  Tampering(calibrated, "\"log-odds\"", "\"odds\"", at: "estimator.score"),
  Tampering(
    calibrated, "\"gradient-boosting\"", "\"calibrated\"", at: "estimator.estimator"),
  Tampering(calibrated, "[-1,-0.0,", "[-0.0,-0.0,", at: "estimator.calibrators[0].scores[1]"),
  Tampering(calibrated, "[-1,-0.0,", "[-0.0,", at: "estimator.calibrators[0].probabilities"),
  Tampering(calibrated, "0.875]", "1.875]", at: "estimator.calibrators[0].probabilities[2]"),
  Tampering(calibrated, "0.875]", "0.25]", at: "estimator.calibrators[0].probabilities[2]"),
  Tampering(
    calibratedThreeClasses, "\"scores\": [0.25]", "\"scores\": []",
    at: "estimator.calibrators[1].scores"),
  Tampering(
    calibratedThreeClasses, "\"slope\": 5.5", "\"slope\": 1e999",
    at: "estimator.calibrators[0].slope"),
  Tampering(
    calibratedThreeClasses, "\"intercept\": -3.25", "\"bias\": -3.25",
    at: "estimator.calibrators[0]"),
  // Linear models and priors.
  Tampering(linear, "\"logistic-regression\"", "\"oracle\"", at: "estimator.type"),
  Tampering(linear, "\"scales\": [1,", "\"scales\": [0,", at: "estimator.scales[0]"),
  Tampering(linear, "\"scales\": [1,", "\"scales\": [", at: "estimator.scales"),
  Tampering(linear, "[-1.5,", "[1e999,", at: "estimator.coefficients[0][0]"),
  Tampering(linear, "[-1.5,", "[", at: "estimator.coefficients[0]"),
  Tampering(linear, "\"intercepts\": [0.25]", "\"intercepts\": []", at: "estimator.intercepts"),
  Tampering(linearWithErrors, "[0.25,0,", "[-0.25,0,", at: "estimator.standard_errors"),
  Tampering(
    linearWithErrors, "[0.25,0,", "[0,", at: "estimator.standard_errors.coefficients[0]"),
  Tampering(threeClassLinear, "[1,0,0,0,0],", "", at: "estimator.coefficients"),
  Tampering(prior, "[0.75,0.25]", "[0.75,0.75]", at: "estimator.prior"),
  Tampering(prior, "[0.75,0.25]", "[1.25,-0.25]", at: "estimator.prior"),
  Tampering(prior, "[0.75,0.25]", "[1]", at: "estimator.prior"),
  // Trees.
  Tampering(boosted, "[0,-1,1,-1,-1]", "[5,-1,1,-1,-1]", at: "estimator.trees[0].feature[0]"),
  Tampering(boosted, "[0,-1,1,-1,-1]", "[0,-2,1,-1,-1]", at: "estimator.trees[0].feature[1]"),
  Tampering(boosted, "[0,-1,1,-1,-1]", "[0,-1,1,-1]", at: "estimator.trees[0].threshold"),
  Tampering(boosted, "[0,-1,1,-1,-1]", "[]", at: "estimator.trees[0].feature"),
  Tampering(boosted, "[0,-1,1,-1,-1]", "[0,-1,-1,-1,-1]", at: "estimator.trees[0].left[2]"),
  Tampering(boosted, "[1,0,3,0,0]", "[1,0,2,0,0]", at: "estimator.trees[0].left[2]"),
  Tampering(boosted, "[1,0,3,0,0]", "[1,0,0,0,0]", at: "estimator.trees[0].left[2]"),
  Tampering(boosted, "[1,0,3,0,0]", "[1,0,5,0,0]", at: "estimator.trees[0].left[2]"),
  Tampering(boosted, "[1,0,3,0,0]", "[1,0,-3,0,0]", at: "estimator.trees[0].left[2]"),
  Tampering(boosted, "[1,0,3,0,0]", "[1,0,4,0,0]", at: "estimator.trees[0].right[2]"),
  Tampering(boosted, "[1,0,3,0,0]", "[2,0,3,0,0]", at: "estimator.trees[0].right[0]"),
  Tampering(boosted, "[1,0,3,0,0]", "[3,0,4,0,0]", at: "estimator.trees[0].feature[1]"),
  Tampering(boosted, "[1,0,3,0,0]", "[1,4,3,0,0]", at: "estimator.trees[0].left[1]"),
  Tampering(boosted, "[1,0,3,0,0]", "[1,0,3.5,0,0]", at: "estimator.trees[0].left[2]"),
  Tampering(boosted, "[2,0,4,0,0]", "[2,0,4,0]", at: "estimator.trees[0].right"),
  Tampering(
    boosted, "[1,0,0,0,0],\n        \"gain\"", "[2,0,0,0,0],\n        \"gain\"",
    at: "estimator.trees[0].missing_left[0]"),
  Tampering(boosted, "0.10000000149011612", "0.1", at: "estimator.trees[0].threshold[0]"),
  Tampering(boosted, "0.10000000149011612", "1e39", at: "estimator.trees[0].threshold[0]"),
  Tampering(boosted, "[0,-0.1,", "[0,1e400,", at: "estimator.trees[0].value[1]"),
  Tampering(boosted, "[0,-0.1,", "[-0.1,", at: "estimator.trees[0].value"),
  Tampering(boosted, "[10,4,", "[10,null,", at: "estimator.trees[0].cover"),
  Tampering(boosted, "\"base_scores\": [-0.7]", "\"base_scores\": []", at: "estimator.base_scores"),
  Tampering(forest, "\"base_scores\": []", "\"base_scores\": [1]", at: "estimator.base_scores"),
  Tampering(forest, "0.3,0.7", "0.3,0.8", at: "estimator.trees[0].value[6]"),
  Tampering(
    threeClassBoosted, "\"base_scores\": [0.1,", "\"base_scores\": [", at: "estimator.base_scores"),
  // Training facts.
  Tampering(
    linear, "\"class_counts\": [5,5]", "\"class_counts\": [5]", at: "training.class_counts"),
  Tampering(linear, "18446744073709551615", "18446744073709551616", at: "training.seed"),
  Tampering(linear, "\"rows\": 10", "\"rows\": -1", at: "training.rows"),
  Tampering(
    linear, "\"leak\"", "\"mood\"",
    at: "training.excluded_columns[3].reason"),
  Tampering(
    linear, "\"0000000000000001\"", "\"+000000000000001\"",
    at: "training.row_fingerprints.hashes[0]"),
  Tampering(
    linear, "\"0000000000000001\"", "\"0000000000000009\"",
    at: "training.row_fingerprints.hashes[1]"),
  Tampering(linear, "\"total\": 3", "\"total\": 2", at: "training.row_fingerprints.hashes"),
  Tampering(linear, "[-0.0,0.1]", "[0.1,0.1]", at: "training.profiles[0].edges[1]"),
  Tampering(linear, "[1,2,3],", "[1,2],", at: "training.profiles[0].counts[0]"),
  Tampering(linear, "[1,2,3],", "", at: "training.profiles[0].counts"),
  Tampering(linear, "\"missing\": [0,0]", "\"missing\": [0]", at: "training.profiles[0].missing"),
  Tampering(linear, "\"feature\": \"proto\"", "\"feature\": \"state\"", at: "training.profiles"),
  Tampering(
    linear, "\"accuracy\": 0.99", "\"accuracy\": \"high\"", at: "metrics.validation.accuracy"),
]

@Test(arguments: tamperings)
func refusesWhatDoesNotFit(tampering: Tampering) throws {
  let text = try SampleDocuments.undigested(SampleModels.all[tampering.model])
  _ = try SampleDocuments.read(text)
  let place = try #require(text.range(of: tampering.original), "\(tampering.original)")
  let changed = text.replacingCharacters(in: place, with: tampering.changed)
  let error = #expect(throws: DataError.self) { try SampleDocuments.read(changed) }
  #expect(error?.place == .path(tampering.path))
  #expect(error?.file == "model.json")
  #expect(error?.remedy.isEmpty == false)
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
