import FeatureTables
import Foundation
import Learning
import Models
import Testing

/// Constraints on the direction in which features move the answer.
struct MonotoneTests {
  private func fitted(
    _ table: (matrix: FeatureMatrix, labels: Labels), _ constraints: String, threads: Int = 1,
    _ change: (inout GradientBoosting) -> Void = { _ in }
  ) throws -> TreeEnsemble {
    var learner = GradientBoosting(seed: 2)
    (learner.trees, learner.minSamplesLeaf) = (30, 3)
    learner.monotoneConstraints = try #require(MonotoneConstraints(parsing: constraints))
    change(&learner)
    return try learner.fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: threads))
  }

  /// Rows whose class goes up and down with the first column, so that a direction has to be
  /// enforced, and depends on the second, where a value may be missing.
  private func wavyTable(_ count: Int) -> (matrix: FeatureMatrix, labels: Labels) {
    var random = RandomGenerator(seed: 12)
    var (wave, gapped, other, codes) = ([Double](), [Double](), [Double](), [Int32]())
    for _ in 0..<count {
      let place = random.uniform() * 10
      let second = random.below(5) == 0 ? Double.nan : random.uniform() * 4
      let third = random.uniform()
      let signal =
        sin(place) + 0.3 * place - (second.isNaN ? 1.5 : abs(second - 2)) + third + random.uniform()
      wave.append(place)
      gapped.append(second)
      other.append(third)
      codes.append(signal > 1.2 ? 1 : 0)
    }
    return (treeMatrix([wave, gapped, other]), treeLabels(codes))
  }

  /// The probability of the second class along a fine grid of one column, for random values of the
  /// others: it never turns.
  private func expectMonotone(_ model: TreeEnsemble, column: Int, direction: Double) {
    var random = RandomGenerator(seed: 5)
    for _ in 0..<60 {
      let base = [
        random.uniform() * 10, random.below(5) == 0 ? .nan : random.uniform() * 4, random.uniform(),
      ]
      var last: Double?
      for step in -20...220 {
        var row = base
        row[column] = Double(step) * 0.05
        let margin = model.trees.reduce(model.baseScores[0]) { $0 + value(of: $1, row) }
        if let last { #expect((margin - last) * direction >= 0) }
        last = margin
      }
    }
  }

  /// The leaf that a row falls into, node by node.
  private func value(of tree: DecisionTree, _ row: [Double]) -> Double {
    var node = 0
    while tree.features[node] >= 0 {
      let value = Float(row[Int(tree.features[node])])
      let goesLeft = value.isNaN ? tree.missingGoesLeft[node] : value <= tree.thresholds[node]
      node = Int(goesLeft ? tree.lefts[node] : tree.rights[node])
    }
    return tree.values[node]
  }

  @Test(arguments: ["+1", "-1"], GradientBoosting.Growth.allCases)
  func predictionsNeverTurn(direction: String, growth: GradientBoosting.Growth) throws {
    let table = wavyTable(1_500)
    let sign = try #require(Double(direction))
    let model = try fitted(table, "column_0:\(direction),column_1:\(direction)") {
      $0.growth = growth
      $0.subsample = 0.8
    }
    for column in [0, 1] {
      expectMonotone(model, column: column, direction: sign)
      #expect(model.trees.contains { $0.features.contains(Int32(column)) }, "it is used at all")
    }
  }

  @Test func withoutConstraintsThatRowsWouldTurn() throws {
    let model = try fitted(wavyTable(1_500), "none")
    let margins = (0...200).map { step in
      model.trees.reduce(0.0) { $0 + value(of: $1, [Double(step) * 0.05, 1, 0.5]) }
    }
    let rises = zip(margins, margins.dropFirst()).map { $1 - $0 }
    #expect(rises.contains { $0 < 0 } && rises.contains { $0 > 0 })
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>, ["+1", "-1"])
  func firstTreeIsThatOfTheNaiveGrower(seed: UInt64, direction: String) throws {
    let table = noisyTable(rowCount: 80, seed: seed)
    let model = try fitted(table, "column_0:\(direction),column_3:\(direction)") {
      ($0.trees, $0.learningRate, $0.leaves, $0.l2) = (1, 1, 9, 0.5)
    }
    let share = Double(table.labels.classCounts[1]) / 80
    let sign = try #require(Double(direction))
    let naive = NaiveBoostedTree(
      table.matrix, gradients: table.labels.codes.map { share - Double($0) },
      hessians: table.labels.codes.map { _ in share * (1 - share) }, leaves: 9, minSamplesLeaf: 3,
      l2: 0.5, directions: [0: sign, 3: sign])
    #expect(model.trees[0].leafCount == naive.leaves.count)
    expectEqual(model.trees[0], at: 0, naive.root, in: naive)
  }

  /// A direction that is true costs next to nothing, and one that is false cannot use the column.
  @Test func whatAConstraintCosts() throws {
    let table = noisyTable(rowCount: 2_000)
    func loss(_ constraints: String) throws -> Double {
      let model = try fitted(table, constraints)
      return meanLogLoss(
        model.probabilities(for: table.matrix, parallel: Parallel(threads: 1)), table.labels)
    }
    let (free, right, wrong) = (
      try loss("none"), try loss("column_0:+1"), try loss("column_0:-1")
    )
    #expect(right < 1.1 * free + 0.02 && right < wrong)
  }

  @Test func threadsMakeNoDifference() throws {
    let table = wavyTable(1_000)
    expectSame(
      try fitted(table, "column_0:+1,column_2:-1", threads: 1),
      try fitted(table, "column_0:+1,column_2:-1", threads: 3))
  }

  @Test func refusals() throws {
    #expect(throws: FitError.self) { try fitted(wavyTable(100), "frob:+1") }
    #expect(throws: FitError.self) {
      try fitted(noisyTable(rowCount: 100, classCount: 3), "column_0:+1")
    }
  }
}
