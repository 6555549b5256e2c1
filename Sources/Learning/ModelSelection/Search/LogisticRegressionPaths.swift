import FeatureTables
import Foundation
import Models

/// Fits of many logistic regressions to the same rows, each beginning where its neighbours ended.
///
/// Settings that differ in `c` alone are a path, which is walked from the strongest penalty on:
/// coefficients change little from one to the next, and further in about the same direction. A path
/// begins where one began that differs from it in class weights alone.
struct LogisticRegressionPaths: Sendable {
  /// The relative gap of trials that do not set a tolerance of their own: to rank trials takes no
  /// more, where a model that is used has that of `LogisticRegression`. It is of the class of
  /// scikit-learn's default `tol` of 1e-4, and bounds the objective besides.
  static let rankingTolerance = 1e-6

  /// Positions of the settings, path by path, in the order in which to fit them.
  private let paths: [[Int]]
  private let learners: [LogisticRegression]

  /// - Parameter settings: of logistic regressions.
  init(_ settings: [HyperparameterSettings]) {
    let learners = settings.map { settings in
      var learner = LogisticRegression(settings)
      if settings.assigned["tolerance"] == nil { learner.tolerance = Self.rankingTolerance }
      return learner
    }
    self.learners = learners
    paths = grouped(Array(learners.indices)) { learners[$0].path }.map { path in
      path.sorted { (learners[$0].c, $0) < (learners[$1].c, $1) }
    }
  }

  /// Fits all, in the order of the paths.
  /// - Parameter finish: called with the position of the settings and what came of them.
  func fit(
    _ rows: LinearRows, labels: Labels, parallel: Parallel,
    finish: (Int, Result<LinearClassifier, FitError>) -> Void
  ) {
    var beginnings: [(kind: LogisticRegression, model: LinearClassifier)] = []
    for path in paths {
      var walked = Walk()
      for position in path {
        let learner = learners[position]
        let beginning = beginnings.last { $0.kind == learner.kind }?.model
        do throws(FitError) {
          let model = try learner.fit(
            rows, labels: labels, startingFrom: walked.starts(c: learner.c, orElse: beginning),
            parallel: parallel
          ).model
          if walked.steps.isEmpty { beginnings.append((learner.kind, model)) }
          walked.steps.append((learner.c, model))
          finish(position, .success(model))
        } catch {
          finish(position, .failure(error))
        }
      }
    }
  }
}

extension LogisticRegression {
  /// What the fits of a path have in common.
  fileprivate var path: LogisticRegression {
    var path = self
    path.c = 1
    return path
  }

  /// What paths have in common that differ in class weights alone.
  fileprivate var kind: LogisticRegression {
    var kind = path
    kind.classWeight = .none
    return kind
  }
}

/// The models of a path so far.
private struct Walk {
  var steps: [(c: Double, model: LinearClassifier)] = []

  /// Where the next fit may begin: at the last model, or as far beyond it as the logarithm of `c`
  /// goes beyond that of the last two.
  func starts(c: Double, orElse beginning: LinearClassifier?) -> [LinearClassifier] {
    guard let last = steps.last else { return beginning.map { [$0] } ?? [] }
    guard steps.count > 1 else { return [last.model] }
    let before = steps[steps.count - 2]
    let (covered, ahead) = (log(last.c / before.c), log(c / last.c))
    guard covered > 0 else { return [last.model] }
    return [last.model, last.model.extrapolated(from: before.model, by: ahead / covered)]
  }
}

extension LinearClassifier {
  /// This model and `share` times its difference from another one of the same columns.
  fileprivate func extrapolated(from other: LinearClassifier, by share: Double) -> LinearClassifier
  {
    func moved(_ values: [Double], _ others: [Double]) -> [Double] {
      zip(values, others).map { $0 + share * ($0 - $1) }
    }
    return LinearClassifier(
      means: means, scales: scales,
      coefficients: zip(coefficients, other.coefficients).map(moved),
      intercepts: moved(intercepts, other.intercepts))
  }
}

/// Elements of equal keys together, groups in the order of their first elements.
private func grouped<Key: Equatable>(_ elements: [Int], by key: (Int) -> Key) -> [[Int]] {
  var groups: [(key: Key, elements: [Int])] = []
  for element in elements {
    let key = key(element)
    if let index = groups.firstIndex(where: { $0.key == key }) {
      groups[index].elements.append(element)
    } else {
      groups.append((key, [element]))
    }
  }
  return groups.map(\.elements)
}
