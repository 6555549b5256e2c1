import FeatureTables

extension Estimator {
  func write(to writer: inout JSONWriter, parallel: Parallel) {
    writer.member("type", .string(name))
    switch self {
    case .logisticRegression(let linear): linear.write(to: &writer)
    case .randomForest(let ensemble), .gradientBoosting(let ensemble):
      ensemble.write(to: &writer, parallel: parallel)
    case .prior(let prior): writer.member("prior", numbers: prior.prior)
    case .calibrated(let classifier): classifier.write(to: &writer, parallel: parallel)
    }
  }
}

extension ModelReader {
  func estimator(
    _ element: JSONElement, featureCount: Int, classCount: Int
  ) throws(DataError) -> Estimator {
    let type = try element.member("type")
    switch try type.string() {
    case "logistic-regression":
      return .logisticRegression(
        try linear(element, featureCount: featureCount, classCount: classCount))
    case "random-forest":
      return .randomForest(
        try ensemble(element, .mean, featureCount: featureCount, classCount: classCount))
    case "gradient-boosting":
      return .gradientBoosting(
        try ensemble(element, .sum, featureCount: featureCount, classCount: classCount))
    case "prior":
      let prior = try element.member("prior")
      return .prior(
        PriorClassifier(
          featureCount: featureCount, prior: try distribution(prior, classCount: classCount)))
    case "calibrated":
      return .calibrated(
        try calibrated(element, featureCount: featureCount, classCount: classCount))
    case let name:
      throw type.failure(
        "there is no estimator '\(name)'", remedy: "a newer flowmeter may know it")
    }
  }

  private func distribution(
    _ element: JSONElement, classCount: Int
  ) throws(DataError) -> [Double] {
    let shares = try element.doubles(count: classCount)
    guard isDistribution(shares) else {
      throw element.failure("the numbers are not from 0 to 1 with a sum of 1")
    }
    return shares
  }

  private func linear(
    _ element: JSONElement, featureCount: Int, classCount: Int
  ) throws(DataError) -> LinearClassifier {
    let means = try element.member("means").doubles(count: featureCount)
    let scalesElement = try element.member("scales")
    let scales = try scalesElement.doubles(count: featureCount)
    if let index = scales.firstIndex(where: { $0 <= 0 }) {
      throw scalesElement.failure("a scale is greater than 0", at: index)
    }
    let rowsElement = try element.member("coefficients")
    let rows = try rowsElement.elements()
    guard rows.count == classCount || (rows.count == 1 && classCount == 2) else {
      throw rowsElement.failure("\(rows.count) rows of coefficients for \(classCount) classes")
    }
    var coefficients: [[Double]] = []
    for row in rows { coefficients.append(try row.doubles(count: featureCount)) }
    var linear = LinearClassifier(
      means: means, scales: scales, coefficients: coefficients,
      intercepts: try element.member("intercepts").doubles(count: rows.count))
    if let errors = try element.optional("standard_errors") {
      linear.standardErrors = try standardErrors(errors, rows: rows.count, columns: featureCount)
    }
    return linear
  }

  private func standardErrors(
    _ element: JSONElement, rows: Int, columns: Int
  ) throws(DataError) -> StandardErrors {
    var coefficients: [[Double]] = []
    for row in try element.member("coefficients").elements() {
      coefficients.append(try row.doubles(count: columns))
    }
    let errors = StandardErrors(
      coefficients: coefficients,
      intercepts: try element.member("intercepts").doubles(count: rows))
    guard errors.fit(rows: rows, columns: columns) else {
      throw element.failure("there is not one number of at least 0 for each coefficient")
    }
    return errors
  }
}

/// Whether numbers are shares of a whole, but for rounding.
func isDistribution(_ shares: some Collection<Double>) -> Bool {
  shares.allSatisfy { 0...1 ~= $0 } && abs(shares.reduce(0, +) - 1) < 1e-6
}

extension LinearClassifier {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.member("means", numbers: means)
    writer.member("scales", numbers: scales)
    writer.member("coefficients", array: coefficients) { $0.numbers($1) }
    writer.member("intercepts", numbers: intercepts)
    guard let standardErrors else { return }
    writer.member("standard_errors") { writer in
      writer.member("coefficients", array: standardErrors.coefficients) { $0.numbers($1) }
      writer.member("intercepts", numbers: standardErrors.intercepts)
    }
  }
}

extension JSONElement {
  /// An array of as many numbers as there must be.
  func doubles(count: Int) throws(DataError) -> [Double] {
    let values = try doubles()
    guard values.count == count else {
      throw failure("\(values.count) numbers, and there must be \(count)")
    }
    return values
  }
}
