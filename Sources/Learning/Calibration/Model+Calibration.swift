import FeatureTables
import Models

extension Model {
  /// The model with probabilities that come true as often as they say, as far as the rows tell:
  /// each class against the rest. A class counts only where the model that was asked knew it.
  /// - Throws: `DataError` where no row of a class, or of the others, was held out.
  public func calibrated(
    by method: CalibrationMethod, on rows: HeldOutRows, parallel: Parallel = Parallel()
  ) throws(DataError) -> Model {
    guard method != .none else { return self }
    let score = CalibratedClassifier.Score(for: estimator)
    let probabilities = rows.probabilities(over: classes)
    var calibrators: [Calibrator] = []
    for code in classes.count == 2 ? [1] : Array(classes.indices) {
      guard let known = rows.labels.classes.firstIndex(of: classes[code]) else {
        throw tooFew(classes[code])
      }
      let counted = (0..<rows.count).filter { rows.isKnown(known, at: $0) }
      let isPositive = counted.map { Int(rows.labels.codes[$0]) == known }
      guard isPositive.contains(true), isPositive.contains(false) else {
        throw tooFew(classes[code])
      }
      let scores = counted.map {
        score.value(of: code, in: probabilities[$0 * classes.count..<($0 + 1) * classes.count])
      }
      calibrators.append(
        method == .platt
          ? PlattScaling.fit(scores: scores, isPositive: isPositive, parallel: parallel)
          : IsotonicRegression.fit(scores: scores, isPositive: isPositive))
    }
    return replacing(
      .calibrated(
        CalibratedClassifier(
          base: estimator, score: score, calibrators: calibrators, fittedOn: rows.description)))
  }

  private func tooFew(_ name: String) -> DataError {
    DataError(
      file: "class '\(name)'",
      problem: "cannot be calibrated: its rows hang together, or are so few, that no model that "
        + "learned the class was asked about one of them",
      remedy: "use more data, fold classes (--binary), or leave out --calibrate")
  }
}
