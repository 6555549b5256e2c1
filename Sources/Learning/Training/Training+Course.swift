import FeatureTables
import Models

extension Training {
  /// What goes along with the fit to these rows: where it begins, what is told, what is kept.
  /// - Throws: `DataError` where there is no checkpoint to resume from, or one of another fit.
  func course(
    _ matrix: FeatureMatrix, labels: Labels, validation: ValidationRows?, parallel: Parallel
  ) throws(DataError) -> TreeFitCourse {
    var course = TreeFitCourse()
    guard settings.learner != .logisticRegression else { return course }
    course.start = warmStart?.estimator.uncalibrated.ensemble
    if let observe { course.report = { observe(.grown(trees: $0, total: $1)) } }
    guard let plan = checkpoints else { return course }
    let identity = FitIdentity(
      learner: settings.learner.rawValue, hyperparameters: settings.printed, seed: seed,
      data: FitIdentity.digest(
        of: matrix, labels: labels, validation: validation, parallel: parallel),
      start: course.start.map { TreeCheckpoint.digest(of: $0, parallel: parallel) } ?? "")
    if plan.resumes {
      let start = try resumed(
        plan, identity, columnCount: matrix.columnCount, classCount: labels.classes.count,
        parallel: parallel)
      course.start = start
      observe?(.resumed(trees: treeCount(of: start)))
    }
    course.interval = plan.interval
    course.keep = { [observe, self] trees throws(FitError) in
      observe?(.keeping)
      do throws(DataError) {
        try TreeCheckpoint(identity: identity, trees: trees).write(
          to: plan.path, parallel: parallel)
      } catch {
        throw FitError.checkpoint(error)
      }
      observe?(.kept(trees: treeCount(of: trees)))
    }
    return course
  }

  /// Rounds of boosting, trees of a forest.
  private func treeCount(of trees: TreeEnsemble) -> Int {
    trees.combination == .sum ? trees.trees.count / trees.marginCount : trees.trees.count
  }

  private func resumed(
    _ plan: CheckpointPlan, _ identity: FitIdentity, columnCount: Int, classCount: Int,
    parallel: Parallel
  ) throws(DataError) -> TreeEnsemble {
    let checkpoint = try TreeCheckpoint(path: plan.path, parallel: parallel)
    if let difference = identity.difference(of: checkpoint.identity) {
      throw DataError(
        file: plan.path, problem: difference,
        remedy: "resume with the same input, settings and version, or begin anew: without --resume")
    }
    let trees = checkpoint.trees
    let isBoosting = settings.learner == .gradientBoosting
    guard trees.featureCount == columnCount, trees.classCount == classCount,
      trees.combination == (isBoosting ? .sum : .mean)
    else {
      throw DataError(
        file: plan.path, problem: "holds trees for other columns or classes than it says",
        remedy: "begin anew, without --resume")
    }
    return trees
  }
}

extension Estimator {
  /// The trees of a forest or of boosting; nil for other estimators.
  var ensemble: TreeEnsemble? {
    switch self {
    case .randomForest(let trees), .gradientBoosting(let trees): trees
    case .logisticRegression, .prior, .calibrated: nil
    }
  }
}
