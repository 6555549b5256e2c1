import FeatureTables

/// What a search looks for.
public struct SearchObjective: Sendable, Equatable {
  /// As in the metrics of an evaluation: `roc_auc`, `log_loss`.
  public let name: String
  /// Whether a larger score is a better one.
  public let higherIsBetter: Bool

  /// - Parameter name: as in the metrics of an evaluation.
  public init(name: String, higherIsBetter: Bool) {
    self.name = name
    self.higherIsBetter = higherIsBetter
  }
}

/// The trials of a search, in the order in which they were made.
public struct SearchResult: Sendable, Equatable {
  /// The learner that was tried.
  public let learner: LearnerName
  /// What the trials were judged by.
  public let objective: SearchObjective
  /// In the order in which they were made; a trial's number is its position.
  public let trials: [Trial]

  /// - Parameter trials: each at the position that its number says.
  public init(learner: LearnerName, objective: SearchObjective, trials: [Trial]) {
    self.learner = learner
    self.objective = objective
    self.trials = trials
  }

  /// Trial numbers, best mean first; of equal ones the earlier. Trials without a score come last.
  /// Trials on fewer rows come after those on more, whatever their scores: those are others'.
  public var ranking: [Int] {
    let sign = objective.higherIsBetter ? 1.0 : -1.0
    func quality(_ trial: Trial) -> Double {
      trial.meanScore.map { $0.isNaN ? -.infinity : sign * $0 } ?? -.infinity
    }
    return trials.indices.sorted {
      let shares = (trials[$0].rowShare, trials[$1].rowShare)
      guard shares.0 == shares.1 else { return shares.0 > shares.1 }
      let (left, right) = (quality(trials[$0]), quality(trials[$1]))
      return left == right ? $0 < $1 : left > right
    }
  }

  /// The best trial, or nil where none has a score.
  public var best: Trial? {
    ranking.map { trials[$0] }.first { $0.meanScore != nil }
  }
}

/// Tries each combination and scores it.
///
/// Trials run one after the other, each with all threads. A trial that cannot be fitted
/// (`FitError`) is noted with its reason, and the search goes on.
/// - Parameters:
///   - combinations: from `HyperparameterSpace.grid()` or `.random(_:seed:)`.
///   - base: what the combinations leave open.
///   - report: called after each trial, for progress.
///   - evaluate: cross-validates the settings and gives one score a fold.
/// - Throws: `DataError` for a combination that does not fit the learner; any error of `evaluate`
///   but `FitError`; the first `FitError` if no trial has a score.
public func search(
  _ combinations: [[String: HyperparameterValue]], base: HyperparameterSettings,
  objective: SearchObjective, report: (Trial) -> Void = { _ in },
  evaluate: (HyperparameterSettings) throws -> [Double?]
) throws -> SearchResult {
  var trials: [Trial] = []
  var failure: FitError?
  for (number, combination) in combinations.enumerated() {
    let settings = try base.replacing(combination)
    let clock = ContinuousClock()
    let start = clock.now
    let (trial, error) = try Trial.attempt(
      number, combination, evaluate: { try evaluate(settings) },
      seconds: { (clock.now - start) / .seconds(1) })
    failure = failure ?? error
    trials.append(trial)
    report(trial)
  }
  let result = SearchResult(learner: base.learner, objective: objective, trials: trials)
  if result.best == nil, let failure { throw failure }
  return result
}
