import ArgumentParser
import Evaluation
import FeatureTables
import Learning

/// Which rows judge a model at training: `none`, a share of the rows, or a file of its own.
enum ValidationPlan: ExpressibleByArgument {
  case none
  case share(Double)
  case file(String)

  init?(argument: String) {
    if argument == "none" {
      self = .none
    } else if let share = Double(argument) {
      guard share > 0, share < 1 else { return nil }
      self = .share(share)
    } else if argument.isEmpty {
      return nil
    } else {
      self = .file(argument)
    }
  }

  var defaultValueDescription: String {
    switch self {
    case .none: "none"
    case .share(let share): "\(share)"
    case .file(let path): path
    }
  }
}

/// The rows that teach and those that judge.
struct DividedTable {
  let training: LabeledTable
  /// Nil where nothing judges.
  let validation: LabeledTable?
  let split: SplitDescription
  /// A sentence for a person and for the model's training facts.
  let description: String

  init(
    _ table: LabeledTable, plan: ValidationPlan, method: SplitMethod, seed: UInt64,
    parallel: Parallel, readFile: (String) throws -> LabeledTable
  ) throws {
    switch plan {
    case .none:
      training = table
      validation = nil
      split = SplitDescription(.separate, name: "none")
      description = "all rows train"
    case .file(let path):
      training = table
      validation = try readFile(path)
      split = SplitDescription(.separate, name: path)
      description = "validated on \(path)"
    case .share(let share):
      let holdout = try Split.holdout(
        table, method: method, testFraction: share, seed: seed, parallel: parallel)
      let fold = holdout.folds[0]
      training = table.rows(fold.training)
      validation = table.rows(fold.test)
      split = holdout.forEvaluation
      description = holdout.description
    }
  }
}

extension Split {
  /// The same, as evaluations name it.
  var forEvaluation: SplitDescription {
    let kind: SplitDescription.Kind =
      switch method {
      case .grouped: .grouped
      case .time: .time
      case .stratified: .stratified
      case .random: .random
      }
    return SplitDescription(kind, name: name)
  }
}
