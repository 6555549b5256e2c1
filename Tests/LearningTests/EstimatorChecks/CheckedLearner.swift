import FeatureTables
import Learning
import Models
import Testing

/// The learners that the checks run over: each must do what scikit-learn's `check_estimator` asks
/// of its own, as far as it applies. Checks of what the compiler already forbids (a fit without
/// labels, arrays of the wrong shape, strings for numbers) are left out.
enum CheckedLearner: String, CaseIterable, CustomTestStringConvertible {
  case logisticRegression = "logistic-regression"
  case randomForest = "random-forest"
  case gradientBoosting = "gradient-boosting"

  var testDescription: String { rawValue }
  var name: LearnerName { LearnerName(rawValue: rawValue)! }

  /// Fits with few trees, and leaves of any size, as the tables of the checks are small.
  /// - Parameter plain: a forest without drawn rows, whose fit then is a function of the set of rows.
  func fit(
    _ matrix: FeatureMatrix, _ labels: Labels, weights: [Double]? = nil,
    classWeight: ClassWeight = .none, threads: Int = 2, seed: UInt64 = 0, plain: Bool = true
  ) throws -> Estimator {
    let parallel = Parallel(threads: threads)
    switch self {
    case .logisticRegression:
      return .logisticRegression(
        try LogisticRegression(classWeight: classWeight).fit(
          matrix, labels: labels, weights: weights, parallel: parallel))
    case .randomForest:
      var forest = RandomForest(seed: seed)
      (forest.trees, forest.classWeight, forest.bootstrap) = (10, classWeight, !plain)
      return .randomForest(
        try forest.fit(matrix, labels: labels, weights: weights, parallel: parallel))
    case .gradientBoosting:
      var boosting = GradientBoosting(seed: seed)
      (boosting.trees, boosting.minSamplesLeaf, boosting.classWeight) = (10, 1, classWeight)
      return .gradientBoosting(
        try boosting.fit(matrix, labels: labels, weights: weights, parallel: parallel))
    }
  }

  /// How near probabilities have to be that are equal but for the order of sums.
  var closeness: Double { self == .logisticRegression ? 1e-6 : 1e-9 }
}

/// Three overlapping classes, six columns.
func checkedRows(
  _ count: Int = 200, classCount: Int = 3, seed: UInt64 = 90
) -> (matrix: FeatureMatrix, labels: Labels) {
  let (matrix, codes) = syntheticRows(count, seed: seed)
  return (matrix, labels(codes.map { min($0, Int32(classCount - 1)) }, classCount: classCount))
}

extension Estimator {
  func probabilities(_ matrix: FeatureMatrix) -> [Double] {
    probabilities(for: matrix, parallel: Parallel(threads: 2))
  }

  /// The likeliest class of each row; of equals the first.
  func predictions(_ matrix: FeatureMatrix, classCount: Int) -> [Int] {
    let probabilities = probabilities(matrix)
    return (0..<matrix.rowCount).map { row in
      let own = probabilities[row * classCount..<(row + 1) * classCount]
      return own.firstIndex(of: own.max() ?? 0).map { $0 - own.startIndex } ?? 0
    }
  }

  func accuracy(_ matrix: FeatureMatrix, _ labels: Labels) -> Double {
    let predicted = predictions(matrix, classCount: labels.classes.count)
    return Double(zip(predicted, labels.codes).count { $0 == Int($1) }) / Double(labels.count)
  }
}

func expectClose(
  _ values: [Double], _ others: [Double], within tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(values.count == others.count, sourceLocation: sourceLocation)
  let largest = zip(values, others).reduce(0) { max($0, abs($1.0 - $1.1)) }
  #expect(largest <= tolerance, sourceLocation: sourceLocation)
}
