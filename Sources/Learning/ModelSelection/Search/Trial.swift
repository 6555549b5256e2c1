import Foundation

/// One combination of hyperparameters and how it did.
public struct Trial: Sendable, Equatable {
  /// From 0, in the order of the search.
  public let number: Int
  /// What was set for this trial, by name; the rest was as in the base settings.
  public let hyperparameters: [String: HyperparameterValue]
  /// One score a fold; nil where the fold gave none.
  public let foldScores: [Double?]
  /// Wall seconds over all folds.
  public let seconds: Double
  /// Why the trial has no scores; nil where it has.
  public let problem: String?
  /// The part of each fold's training rows that the fits had: 1 but for trials that successive
  /// halving ended early.
  public let rowShare: Double

  /// - Parameters:
  ///   - number: from 0, in the order of the search.
  ///   - foldScores: one a fold; empty where the trial could not be fitted.
  ///   - seconds: wall seconds over all folds.
  ///   - problem: why the trial has no scores.
  ///   - rowShare: the part of each fold's training rows that the fits had.
  public init(
    number: Int, hyperparameters: [String: HyperparameterValue], foldScores: [Double?],
    seconds: Double, problem: String? = nil, rowShare: Double = 1
  ) {
    self.number = number
    self.hyperparameters = hyperparameters
    self.foldScores = foldScores
    self.seconds = seconds
    self.problem = problem
    self.rowShare = rowShare
  }

  private var scores: [Double] { foldScores.compactMap { $0 } }

  /// The mean over the folds that have a score; nil if none has.
  public var meanScore: Double? {
    scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }

  /// The deviation between folds, with n - 1; nil for less than two scores.
  public var standardDeviation: Double? {
    guard let mean = meanScore, scores.count > 1 else { return nil }
    let squares = scores.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return (squares / Double(scores.count - 1)).squareRoot()
  }
}

extension Trial {
  /// The trial that an evaluation gives, or, where it cannot be fitted, one without scores that says
  /// why.
  /// - Parameters:
  ///   - evaluate: gives one score a fold.
  ///   - seconds: asked after the evaluation.
  /// - Throws: any error of `evaluate` but `FitError`, which is returned.
  static func attempt(
    _ number: Int, _ combination: [String: HyperparameterValue],
    evaluate: () throws -> [Double?], seconds: () -> Double
  ) throws -> (trial: Trial, error: FitError?) {
    do {
      let scores = try evaluate()
      let trial = Trial(
        number: number, hyperparameters: combination, foldScores: scores, seconds: seconds())
      return (trial, nil)
    } catch let error as FitError {
      let trial = Trial(
        number: number, hyperparameters: combination, foldScores: [], seconds: seconds(),
        problem: error.description)
      return (trial, error)
    }
  }
}
