import Evaluation

/// Rows of one class that were taken for another.
struct Confusion: Equatable {
  let truth: String
  let predicted: String
  let rows: Int
  /// Rows of the true class.
  let support: Int

  /// The most frequent ones, first those with the most rows.
  static func mostFrequent(of result: EvaluationResult, limit: Int) -> [Confusion] {
    let classes = result.classes
    let support = result.confusionMatrix.support
    var found: [Confusion] = []
    for truth in classes.indices {
      for predicted in classes.indices where predicted != truth {
        let rows = result.confusionMatrix[truth: truth, predicted: predicted]
        guard rows > 0 else { continue }
        found.append(
          Confusion(
            truth: classes[truth], predicted: classes[predicted], rows: rows,
            support: support[truth]))
      }
    }
    let sorted = found.enumerated().sorted {
      $0.element.rows == $1.element.rows
        ? $0.offset < $1.offset : $0.element.rows > $1.element.rows
    }
    return sorted.prefix(limit).map(\.element)
  }

  /// `412 of 1,000 rows of 'Bot' (41.20 %) were taken for 'BENIGN'`
  var sentence: String {
    "\(NumberText.count(rows)) of \(NumberText.counted(support, "row", "rows")) of '\(truth)' "
      + "(\(NumberText.share(Double(rows) / Double(max(support, 1))))) "
      + "\(rows == 1 ? "was" : "were") taken for '\(predicted)'"
  }
}
