/// A document is not trusted: lengths, scales and numbers are checked before there is a model.
extension LinearClassifier {
  /// Reads `means`, `scales`, `coefficients`, `intercepts` and, if it is there, `standard_errors`.
  /// - Throws: `DecodingError` where lengths disagree, a number is not finite or a scale is not
  ///   above 0.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let means = try container.decode([Double].self, forKey: .means)
    let scales = try container.decode([Double].self, forKey: .scales)
    let coefficients = try container.decode([[Double]].self, forKey: .coefficients)
    let intercepts = try container.decode([Double].self, forKey: .intercepts)

    func require(_ holds: Bool, _ key: CodingKeys, _ problem: String) throws {
      guard !holds else { return }
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: problem)
    }
    try require(means.allSatisfy(\.isFinite), .means, "a mean is not finite")
    try require(scales.count == means.count, .scales, "not one scale a mean")
    try require(
      scales.allSatisfy { $0 > 0 && $0.isFinite }, .scales, "a scale is not a number above 0")
    try require(!coefficients.isEmpty, .coefficients, "there are no coefficients")
    try require(
      coefficients.allSatisfy { $0.count == means.count }, .coefficients,
      "a row has not one coefficient a column")
    try require(
      coefficients.allSatisfy { $0.allSatisfy(\.isFinite) }, .coefficients,
      "a coefficient is not finite")
    try require(
      intercepts.count == coefficients.count, .intercepts, "not one intercept a row")
    try require(intercepts.allSatisfy(\.isFinite), .intercepts, "an intercept is not finite")
    self.init(means: means, scales: scales, coefficients: coefficients, intercepts: intercepts)
    standardErrors = try container.decodeIfPresent(StandardErrors.self, forKey: .standardErrors)
    try require(
      standardErrors?.fit(rows: intercepts.count, columns: means.count) ?? true, .standardErrors,
      "not one number of at least 0 for each coefficient")
  }
}
