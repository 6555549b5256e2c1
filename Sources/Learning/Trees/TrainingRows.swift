import FeatureTables

/// What a learner of trees is given, checked: rows that count, of two classes at least.
struct TrainingRows: Sendable {
  /// Where each row is in the matrix that was given.
  let places: [Int]
  let matrix: FeatureMatrix
  let codes: [Int32]
  let weights: [Double]

  /// Rows of weight 0 are left out, as if they were not there.
  /// - Throws: `FitError.noRows`, `FitError.oneClass`.
  init(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, classWeight: ClassWeight
  ) throws(FitError) {
    precondition(labels.count == matrix.rowCount && labels.codes.allSatisfy { $0 >= 0 })
    precondition(weights.map { $0.count == matrix.rowCount } ?? true, "one weight a row")
    let all = classWeight.rowWeights(for: labels, weights: weights)
    precondition(all.allSatisfy { $0 >= 0 && $0.isFinite }, "weights are finite and not negative")
    let counting = all.indices.filter { all[$0] > 0 }
    guard let first = counting.first else { throw FitError.noRows }
    let firstCode = labels.codes[first]
    guard counting.contains(where: { labels.codes[$0] != firstCode }) else {
      throw FitError.oneClass(labels.classes[Int(firstCode)])
    }
    let countAll = counting.count == all.count
    places = counting
    self.matrix = countAll ? matrix : matrix.rows(counting)
    codes = countAll ? labels.codes : counting.map { labels.codes[$0] }
    self.weights = countAll ? all : counting.map { all[$0] }
  }
}
