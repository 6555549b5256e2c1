import FeatureTables

extension CalibratedClassifier {
  func write(to writer: inout JSONWriter, parallel: Parallel) {
    writer.member("score", .string(score.rawValue))
    writer.member("fitted_on", .string(fittedOn))
    writer.member("calibrators", array: calibrators) { writer, calibrator in
      writer.object { calibrator.write(to: &$0) }
    }
    writer.member("estimator") { base.write(to: &$0, parallel: parallel) }
  }
}

extension Calibrator {
  fileprivate func write(to writer: inout JSONWriter) {
    switch self {
    case .platt(let slope, let intercept):
      writer.member("slope", .number(slope))
      writer.member("intercept", .number(intercept))
    case .isotonic(let scores, let probabilities):
      writer.member("scores", numbers: scores)
      writer.member("probabilities", numbers: probabilities)
    }
  }
}

extension ModelReader {
  func calibrated(
    _ element: JSONElement, featureCount: Int, classCount: Int
  ) throws(DataError) -> CalibratedClassifier {
    let baseElement = try element.member("estimator")
    let base = try estimator(baseElement, featureCount: featureCount, classCount: classCount)
    if case .calibrated = base {
      throw baseElement.failure("a calibrated estimator is not calibrated again")
    }
    let listElement = try element.member("calibrators")
    let list = try listElement.elements()
    let expected = CalibratedClassifier.calibratorCount(classCount: classCount)
    guard list.count == expected else {
      throw listElement.failure("\(list.count) calibrators, and there must be \(expected)")
    }
    var calibrators: [Calibrator] = []
    for item in list { calibrators.append(try calibrator(item)) }
    return CalibratedClassifier(
      base: base, score: try element.member("score").named(CalibratedClassifier.Score.self),
      calibrators: calibrators, fittedOn: try element.member("fitted_on").string())
  }

  private func calibrator(_ element: JSONElement) throws(DataError) -> Calibrator {
    if let slope = try element.optional("slope") {
      return .platt(
        slope: try slope.double(), intercept: try element.member("intercept").double())
    }
    let scoresElement = try element.member("scores")
    let scores = try scoresElement.doubles()
    guard !scores.isEmpty else { throw scoresElement.failure("there is no point") }
    for index in scores.indices.dropFirst() where !(scores[index - 1] < scores[index]) {
      throw scoresElement.failure("the scores are not ascending", at: index)
    }
    let probabilitiesElement = try element.member("probabilities")
    let probabilities = try probabilitiesElement.doubles(count: scores.count)
    for index in probabilities.indices {
      guard 0...1 ~= probabilities[index] else {
        throw probabilitiesElement.failure(
          "\(probabilities[index]) does not lie from 0 to 1", at: index)
      }
      guard index == 0 || probabilities[index - 1] <= probabilities[index] else {
        throw probabilitiesElement.failure("the probabilities are not ascending", at: index)
      }
    }
    return .isotonic(scores: scores, probabilities: probabilities)
  }
}
