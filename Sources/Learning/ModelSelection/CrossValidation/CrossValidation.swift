import FeatureTables

/// What a model that never saw a fold's test rows says about them.
public struct FoldPrediction: Sendable, Equatable {
  /// Row-major: test rows of the fold, in its order, by all classes of the table.
  public let probabilities: [Double]
  /// Wall seconds by step, for instance `prepare`, `fit`, `predict`.
  public let seconds: [String: Double]

  /// - Parameters:
  ///   - probabilities: row-major, test rows of the fold by all classes of the table.
  ///   - seconds: wall seconds by step.
  public init(probabilities: [Double], seconds: [String: Double] = [:]) {
    self.probabilities = probabilities
    self.seconds = seconds
  }
}

/// One fold and what came of it.
public struct FoldResult: Sendable, Equatable {
  /// Which rows taught and which were asked about.
  public let fold: Fold
  /// Nil where the training rows could not teach: none, or one class only.
  public let prediction: FoldPrediction?
  /// Why there is no prediction.
  public let problem: String?
}

/// The folds of a split with their predictions, in the order of the split.
public struct CrossValidation: Sendable, Equatable {
  /// How the rows were divided.
  public let split: Split
  /// One a fold, in the order of `split.folds`.
  public let results: [FoldResult]

  /// The probabilities for every row that was tested in a repetition: row-major, rows of the table
  /// by classes. A row that was not tested (unlabeled, or before the first cut in time, or in a
  /// fold that could not be fitted) holds NaN.
  public func outOfFold(rowCount: Int, classCount: Int, repetition: Int = 0) -> [Double] {
    var probabilities = [Double](repeating: .nan, count: rowCount * classCount)
    for result in results where result.fold.repetition == repetition {
      guard let prediction = result.prediction else { continue }
      for (position, row) in result.fold.test.enumerated() {
        for code in 0..<classCount {
          probabilities[row * classCount + code] =
            prediction.probabilities[position * classCount + code]
        }
      }
    }
    return probabilities
  }

  /// One score a fold, in order; nil where the fold has no prediction or `score` gives nil.
  public func scores(_ score: (Fold, FoldPrediction) -> Double?) -> [Double?] {
    results.map { result in result.prediction.flatMap { score(result.fold, $0) } }
  }
}

/// Fits and predicts fold by fold.
///
/// Folds run side by side and divide the threads among them; the result is that of one thread.
/// A fold whose training rows hold no row or one class only is noted and left out.
/// - Parameter body: learns from `fold.training` and nothing else, whatever it prepares
///   (encoding, standardization) included, and predicts `fold.test` with the threads given.
/// - Throws: the first error of `body` in the order of the folds, but for `FitError.noRows` and
///   `FitError.oneClass`, which are thrown only if no fold could be fitted.
public func crossValidate(
  _ split: Split, parallel: Parallel = Parallel(),
  body: @Sendable (Fold, Parallel) throws -> FoldPrediction
) throws -> CrossValidation {
  let sideBySide = max(1, min(parallel.threads, split.folds.count))
  let inner = Parallel(threads: parallel.threads / sideBySide)
  let outcomes = Parallel(threads: sideBySide).map(split.folds.count) { index in
    Result { try body(split.folds[index], inner) }
  }
  var unfitted: FitError?
  let results = try zip(split.folds, outcomes).map { fold, outcome in
    do {
      return FoldResult(fold: fold, prediction: try outcome.get(), problem: nil)
    } catch let error as FitError where error.isLackOfRows {
      unfitted = unfitted ?? error
      return FoldResult(fold: fold, prediction: nil, problem: error.description)
    }
  }
  if let unfitted, results.allSatisfy({ $0.prediction == nil }) { throw unfitted }
  return CrossValidation(split: split, results: results)
}

extension FitError {
  /// Whether the rows are at fault, not the learner or its settings.
  var isLackOfRows: Bool {
    switch self {
    case .noRows, .oneClass: true
    default: false
    }
  }
}
