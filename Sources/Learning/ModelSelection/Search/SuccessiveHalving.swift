import FeatureTables
import Foundation

/// Successive halving (Jamieson, Talwalkar, "Non-stochastic best arm identification and
/// hyperparameter optimization", AISTATS 2016): all combinations are tried on a small part of the
/// training rows, the best third of them on three times as many, and so on; the last few on all.
public struct SuccessiveHalving: Sendable, Equatable {
  /// One round of trials.
  public struct Round: Sendable, Equatable {
    /// Combinations that are tried.
    public let combinationCount: Int
    /// The part of each fold's training rows that fits have.
    public let rowShare: Double
  }

  /// What divides the combinations and multiplies the rows from round to round.
  public static let factor = 3
  /// Rows for each class below which the first round says too little.
  private static let rowsPerClass = 50

  /// In order; the last has all rows.
  public let rounds: [Round]

  /// - Parameters:
  ///   - combinationCount: at least 1.
  ///   - split: whose smallest fold bounds how few rows the first round may have.
  public init(combinationCount: Int, split: Split, labels: Labels) {
    precondition(combinationCount > 0)
    let rowCount = split.folds.map(\.training.count).min() ?? 0
    let needed = Self.rowsPerClass * labels.classCounts.count { $0 > 0 }
    var (counts, divisor) = ([combinationCount], Self.factor)
    while let last = counts.last, last >= Self.factor, rowCount / divisor >= needed {
      counts.append((last + Self.factor - 1) / Self.factor)
      divisor *= Self.factor
    }
    rounds = counts.enumerated().map { round, count in
      Round(
        combinationCount: count,
        rowShare: pow(Double(Self.factor), Double(round + 1 - counts.count)))
    }
  }
}

/// Searches by successive halving. The same combinations, split and seed give the same result.
/// - Parameters:
///   - combinations: from `HyperparameterSpace.grid()` or `.random(_:seed:)`.
///   - seed: what the choice of rows starts from.
///   - begin: called before each round, for progress.
///   - evaluate: searches some of the combinations on a split, such as `search` does.
/// - Returns: each combination as it was tried last, at its own position.
/// - Throws: any error of `evaluate`.
public func searchByHalving(
  _ combinations: [[String: HyperparameterValue]], split: Split, labels: Labels, seed: UInt64,
  begin: (SuccessiveHalving.Round) -> Void = { _ in },
  evaluate: ([[String: HyperparameterValue]], Split) throws -> SearchResult
) throws -> SearchResult {
  let plan = SuccessiveHalving(
    combinationCount: combinations.count, split: split, labels: labels)
  var candidates = Array(combinations.indices)
  var tried: [Int: Trial] = [:]
  var last: SearchResult?
  for round in plan.rounds {
    if let last {
      candidates = last.ranking.prefix(round.combinationCount).map { candidates[$0] }.sorted()
    }
    begin(round)
    let result = try evaluate(
      candidates.map { combinations[$0] },
      split.thinned(to: round.rowShare, labels: labels, seed: seed))
    for (candidate, trial) in zip(candidates, result.trials) {
      tried[candidate] = trial.renumbered(candidate, rowShare: round.rowShare)
    }
    last = result
  }
  guard let last else { preconditionFailure("a plan has at least one round") }
  return SearchResult(
    learner: last.learner, objective: last.objective,
    trials: combinations.indices.compactMap { tried[$0] })
}

extension Split {
  /// The same folds with a part of their training rows: of each class the same part, but at least
  /// one row. A larger part of the same split and seed holds a smaller one.
  func thinned(to share: Double, labels: Labels, seed: UInt64) -> Split {
    guard share < 1 else { return self }
    let thinned = folds.enumerated().map { position, fold in
      Fold(
        repetition: fold.repetition, index: fold.index,
        training: fold.trainingRows(
          share: share, labels: labels,
          generator: RandomGenerator(seed: seed, stream: UInt64(position))),
        test: fold.test)
    }
    return Split(
      method: method, name: name, description: description, seed: self.seed, folds: thinned)
  }
}

extension Fold {
  fileprivate func trainingRows(
    share: Double, labels: Labels, generator: RandomGenerator
  ) -> [Int] {
    var generator = generator
    var rows = training
    generator.shuffle(&rows)
    var left = labels.rows(training).classCounts.map { count in
      count == 0 ? 0 : max(1, Int((share * Double(count)).rounded()))
    }
    let kept = rows.filter { row in
      let code = labels.codes[row]
      guard code >= 0, left[Int(code)] > 0 else { return false }
      left[Int(code)] -= 1
      return true
    }
    return kept.sorted()
  }
}

extension Trial {
  fileprivate func renumbered(_ number: Int, rowShare: Double) -> Trial {
    Trial(
      number: number, hyperparameters: hyperparameters, foldScores: foldScores, seconds: seconds,
      problem: problem, rowShare: rowShare)
  }
}
