import FeatureTables
import Foundation
import Learning
import Models
import Synchronization
import Testing

/// Fits that begin with trees of another fit, and what is kept on the way.
struct TreeFitCourseTests {
  /// Sampling of rows and of columns, so that every tree depends on its number.
  private func boosting(trees: Int) -> GradientBoosting {
    var learner = GradientBoosting(seed: 4)
    learner.trees = trees
    learner.minSamplesLeaf = 3
    learner.leaves = 8
    learner.subsample = 0.7
    learner.featureFraction = 0.6
    return learner
  }

  /// The trees after every third round or tree.
  private func kept(_ fit: (TreeFitCourse) throws -> Void) throws -> [TreeEnsemble] {
    let shelf = Shelf()
    var course = TreeFitCourse()
    course.interval = 3
    course.keep = { trees throws(FitError) in shelf.trees.withLock { $0.append(trees) } }
    try fit(course)
    return shelf.trees.withLock { $0 }
  }

  private final class Shelf: Sendable {
    let trees = Mutex<[TreeEnsemble]>([])
  }

  private func start(_ trees: TreeEnsemble) -> TreeFitCourse {
    var course = TreeFitCourse()
    course.start = trees
    return course
  }

  @Test(arguments: [2, 3], [false, true])
  func boostingGoesOnFromAnyRoundAsIfNothingHadBeen(classCount: Int, stops: Bool) throws {
    let table = noisyTable(rowCount: 700, classCount: classCount)
    let (training, other) = (Array(0..<500), Array(500..<700))
    var learner = boosting(trees: 13)
    if stops { learner.earlyStoppingRounds = 40 }
    let validation = ValidationRows(
      matrix: table.matrix.rows(other), labels: table.labels.rows(other))
    func fit(_ course: TreeFitCourse, threads: Int) throws -> GradientBoosting.Fit {
      try learner.fit(
        table.matrix.rows(training), labels: table.labels.rows(training),
        weights: training.map { 0.5 + Double($0 % 3) }, validation: stops ? validation : nil,
        course: course, parallel: Parallel(threads: threads))
    }
    let whole = try fit(TreeFitCourse(), threads: 1)
    let parts = try kept { _ = try fit($0, threads: 2) }
    let width = classCount == 2 ? 1 : classCount
    #expect(parts.map { $0.trees.count / width } == [3, 6, 9, 12])
    for part in parts {
      let resumed = try fit(start(part), threads: 2)
      expectSame(resumed.model, whole.model)
      #expect(resumed.validationLosses == whole.validationLosses)
      #expect(resumed.rounds == whole.rounds)
    }
  }

  /// Also where the rounds after the best were grown, and forgotten, before.
  @Test func anEarlyStopIsTheSameAfterAWarmStart() throws {
    let table = noisyTable(rowCount: 400)
    let (training, other) = (Array(0..<200), Array(200..<400))
    var learner = boosting(trees: 400)
    (learner.learningRate, learner.earlyStoppingRounds) = (0.3, 5)
    let validation = ValidationRows(
      matrix: table.matrix.rows(other), labels: table.labels.rows(other))
    func fit(_ course: TreeFitCourse) throws -> GradientBoosting.Fit {
      try learner.fit(
        table.matrix.rows(training), labels: table.labels.rows(training), weights: nil,
        validation: validation, course: course, parallel: Parallel(threads: 1))
    }
    let whole = try fit(TreeFitCourse())
    #expect(whole.rounds < 395)
    let again = try fit(start(whole.model))
    expectSame(again.model, whole.model)
    #expect(again.validationLosses == whole.validationLosses)
  }

  @Test(arguments: [false, true]) func aForestGoesOnFromAnyTree(extra: Bool) throws {
    let table = noisyTable(rowCount: 300, classCount: 3)
    var forest = extra ? RandomForest.extremelyRandomized(seed: 6) : RandomForest(seed: 6)
    forest.trees = 10
    func fit(_ course: TreeFitCourse, threads: Int) throws -> TreeEnsemble {
      try forest.fit(
        table.matrix, labels: table.labels, weights: nil, course: course,
        parallel: Parallel(threads: threads))
    }
    let whole = try fit(TreeFitCourse(), threads: 1)
    let parts = try kept { _ = try fit($0, threads: 2) }
    #expect(parts.map(\.trees.count) == [3, 6, 9])
    for part in parts { expectSame(try fit(start(part), threads: 2), whole) }
  }

  @Test func everyTreeIsReported() throws {
    let table = noisyTable(rowCount: 100)
    let told = Mutex<[Int]>([])
    var forest = RandomForest()
    forest.trees = 7
    var course = TreeFitCourse()
    course.report = { done, total in told.withLock { $0.append(done * 100 + total) } }
    _ = try forest.fit(
      table.matrix, labels: table.labels, weights: nil, course: course,
      parallel: Parallel(threads: 2))
    #expect(told.withLock { $0.sorted() } == (1...7).map { $0 * 100 + 7 })
  }

  /// The next tree is that of the plain grower on the margins that the first model gives.
  @Test func otherRowsGoOnFromTheirMargins() throws {
    let first = noisyTable(rowCount: 300, seed: 3)
    let second = noisyTable(rowCount: 80, seed: 9)
    var learner = GradientBoosting()
    (learner.trees, learner.leaves, learner.minSamplesLeaf) = (6, 6, 3)
    let model = try learner.fit(
      first.matrix, labels: first.labels, weights: nil, parallel: Parallel(threads: 1))
    learner.trees = 7
    let longer = try learner.fit(
      second.matrix, labels: second.labels, weights: nil, validation: nil, course: start(model),
      parallel: Parallel(threads: 2)
    ).model
    #expect(longer.baseScores == model.baseScores)
    #expect(Array(longer.trees.prefix(6)) == model.trees)
    let said = model.probabilities(for: second.matrix, parallel: Parallel(threads: 1))
    let shares = (0..<80).map { said[2 * $0 + 1] }
    let naive = NaiveBoostedTree(
      second.matrix, gradients: zip(shares, second.labels.codes).map { $0 - Double($1) },
      hessians: shares.map { $0 * (1 - $0) }, leaves: 6, minSamplesLeaf: 3, l2: 0)
    let values = longer.trees[6].features.indices
      .filter { longer.trees[6].features[$0] < 0 }.map { longer.trees[6].values[$0] }.sorted()
    let plain = naive.leaves.map { 0.1 * naive.value($0) }.sorted()
    #expect(values.count == plain.count)
    for (value, other) in zip(values, plain) { #expect(abs(value - other) < 1e-8) }
  }

  @Test func aStartThatLeavesNothingToDoIsRefused() throws {
    let table = noisyTable(rowCount: 100)
    let model = try boosting(trees: 5).fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
    #expect(
      throws: FitError.hyperparameter(
        name: "trees", value: "5", allowed: "more than the 5 that the fit begins with")
    ) {
      try boosting(trees: 5).fit(
        table.matrix, labels: table.labels, weights: nil, validation: nil, course: start(model),
        parallel: Parallel(threads: 1))
    }
  }
}
