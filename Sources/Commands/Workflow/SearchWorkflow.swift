import ArgumentParser
import Evaluation
import FeatureTables
import Foundation
import Learning
import Reports

/// Named searches.
enum SearchPreset: String, ExpressibleByArgument, CaseIterable {
  /// The grid of the original FlowMeter.
  case flowmeter
}

/// What to try and how to judge it.
struct SearchPlan {
  let base: HyperparameterSettings
  let preset: SearchPreset?
  let trials: Int?
  /// `name=value,value,...`.
  let tried: [String]
  let folds: Int?
  let metric: Metric?
  let split: SplitMethod
  /// Whether to search by successive halving.
  let halving: Bool
}

/// A search by cross-validation over one table.
struct SearchWorkflow {
  /// The trials, and the settings of the best.
  struct Found {
    let result: SearchResult
    let settings: HyperparameterSettings
  }

  private let combinations: [[String: HyperparameterValue]]
  private let base: HyperparameterSettings
  private let metric: Metric
  private let split: Split
  private let halving: Bool
  private let nonfinite: NonfinitePolicy
  private let seed: UInt64
  private let rows: LabeledTable
  private let console: Console
  private let parallel: Parallel

  /// - Throws: `DataError` for a plan that does not fit the learner or the rows.
  init(
    plan: SearchPlan, nonfinite: NonfinitePolicy, seed: UInt64, rows: LabeledTable,
    console: Console, parallel: Parallel
  ) throws(DataError) {
    (self.nonfinite, self.seed, self.rows) = (nonfinite, seed, rows)
    (self.console, self.parallel) = (console, parallel)
    halving = plan.halving
    let folds: Int
    switch plan.preset {
    case .flowmeter:
      base = HyperparameterSettings(.logisticRegression)
      metric = plan.metric ?? .rocAUC
      folds = plan.folds ?? FlowMeterPreset.foldCount
      combinations = try FlowMeterPreset(labels: rows.labels).space.grid()
    case nil:
      base = plan.base
      metric = plan.metric ?? .rocAUC
      folds = plan.folds ?? 5
      combinations = try SearchWorkflow.combinations(plan, seed: seed)
    }
    split = try Split.folds(
      rows, method: plan.split, count: folds, seed: seed, parallel: parallel)
  }

  /// - Throws: `FitError` where no trial can be fitted; `DataError`.
  func run() throws -> Found {
    let result = try console.during("trying \(combinations.count) combinations") {
      try halving ? searchHalving() : search(combinations, on: split)
    }
    guard let best = result.best else {
      throw DataError(
        file: rows.identity.sources.first ?? "table",
        problem: "no trial has a value of \(metric.rawValue)",
        remedy: "choose another --metric, or fewer --folds so that each holds both classes")
    }
    return Found(result: result, settings: try base.replacing(best.hyperparameters))
  }

  private func searchHalving() throws -> SearchResult {
    try searchByHalving(
      combinations, split: split, labels: rows.labels, seed: seed,
      begin: { round in
        let share = String(format: "%.3g", 100 * round.rowShare)
        console.note("\(round.combinationCount) combinations on \(share) % of the rows")
      },
      evaluate: { try search($0, on: $1) })
  }

  /// Trials of logistic regression share their work, fold by fold; others run one after the other.
  private func search(
    _ combinations: [[String: HyperparameterValue]], on split: Split
  ) throws -> SearchResult {
    let training = Training(base, nonfinite: nonfinite, seed: seed)
    let workflow = CrossValidationWorkflow(training: training, table: rows, parallel: parallel)
    func note(_ trial: Trial) {
      console.note(
        "trial \(trial.number + 1) of \(combinations.count): \(metric.rawValue) "
          + (trial.meanScore.map(NumberText.score) ?? trial.problem ?? "none"))
    }
    if base.learner == .logisticRegression {
      return try searchLogisticRegression(
        combinations, training: training, objective: objective, table: rows, split: split,
        parallel: parallel, report: note
      ) { [metric] in workflow.score($0, $1, metric: metric) }
    }
    return try Learning.search(combinations, base: base, objective: objective, report: note) {
      var trial = training
      trial.settings = $0
      return try CrossValidationWorkflow(training: trial, table: rows, parallel: parallel)
        .scores(split, metric: metric)
    }
  }

  private var objective: SearchObjective {
    SearchObjective(name: metric.rawValue, higherIsBetter: metric.isHigherBetter)
  }

  private static func combinations(
    _ plan: SearchPlan, seed: UInt64
  ) throws(DataError) -> [[String: HyperparameterValue]] {
    if plan.tried.isEmpty {
      return HyperparameterSpace.standard(plan.base.learner).random(plan.trials ?? 20, seed: seed)
    }
    let space = try HyperparameterSpace(plan.base.learner, parsing: plan.tried)
    guard let trials = plan.trials else { return try space.grid() }
    return space.random(trials, seed: seed)
  }
}
