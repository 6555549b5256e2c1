import FeatureTables
import Models

/// What a forest says of its own training rows, each judged only by the trees that did not draw
/// it: an estimate of its error on new rows that needs no second table (Breiman, 2001, 3.1).
public struct OutOfBag: Sendable, Equatable {
  /// Row-major, rows of the training matrix by classes; NaN for a row that every tree drew, or
  /// that had weight 0.
  public let probabilities: [Double]
  /// Rows that have probabilities.
  public let scoredRows: Int
  /// The share of those rows whose most probable class is theirs; NaN if there are none.
  public let accuracy: Double
  /// The mean over those rows of minus the logarithm of the probability of their class, which
  /// counts as 1e-15 at least; NaN if there are none.
  public let logLoss: Double
}

extension RandomForest {
  /// Fits, and judges each row by the trees that did not draw it.
  /// - Parameter course: may begin with trees that were grown on the same rows, and no others: which
  ///   rows a tree drew follows from their number.
  /// - Throws: `FitError`, also without `bootstrap`, as no row is out of a bag then.
  public func fitWithOutOfBag(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?,
    course: TreeFitCourse = TreeFitCourse(), parallel: Parallel
  ) throws(FitError) -> (model: TreeEnsemble, outOfBag: OutOfBag) {
    try checkHyperparameters()
    guard bootstrap else {
      throw FitError.hyperparameter(
        name: "bootstrap", value: "false", allowed: "true, as out-of-bag scores need it")
    }
    let rows = try TrainingRows(
      matrix, labels: labels, weights: weights, classWeight: classWeight)
    let model = try grow(
      rows, classCount: labels.classes.count, course: course, parallel: parallel)
    let judged = judge(rows, model: model, parallel: parallel)
    return (model, OutOfBag(judged, rows: rows, labels: labels))
  }

  /// Row-major, the rows that count by classes.
  private func judge(_ rows: TrainingRows, model: TreeEnsemble, parallel: Parallel) -> [Double] {
    let rowCount = rows.codes.count
    let isOut = parallel.map(trees) { tree in
      var generator = generator(tree: tree)
      return Bootstrap(rowCount: rowCount, isDrawn: true, generator: &generator).counts.map {
        $0 == 0
      }
    }
    return Array(
      parallel.mapBlocks(rowCount: rowCount, rowsPerBlock: 1_024) { block in
        model.meanOutputs(for: rows.matrix, rows: block) { tree, row in isOut[tree][row] }
      }.joined())
  }
}

extension OutOfBag {
  fileprivate init(_ judged: [Double], rows: TrainingRows, labels: Labels) {
    let classCount = labels.classes.count
    var probabilities = [Double](repeating: .nan, count: labels.count * classCount)
    var (right, scored, losses) = (0, 0, 0.0)
    for (place, row) in rows.places.enumerated() {
      let judgement = judged[place * classCount..<(place + 1) * classCount]
      probabilities.replaceSubrange(row * classCount..<(row + 1) * classCount, with: judgement)
      guard let highest = judgement.max(), !judgement.contains(where: \.isNaN) else { continue }
      scored += 1
      let code = Int(rows.codes[place])
      losses -= naturalLogarithm(max(1e-15, judgement[judgement.startIndex + code]))
      let said = judgement.firstIndex(of: highest).map { $0 - judgement.startIndex }
      if said == code { right += 1 }
    }
    self.probabilities = probabilities
    scoredRows = scored
    accuracy = scored == 0 ? .nan : Double(right) / Double(scored)
    logLoss = scored == 0 ? .nan : losses / Double(scored)
  }
}
