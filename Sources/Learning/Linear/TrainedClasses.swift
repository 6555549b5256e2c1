import FeatureTables
import Models

/// The classes that have rows of positive weight, numbered from 0. A class without is kept out of
/// the fit: nothing would hold its intercept from falling for ever.
struct TrainedClasses: Sendable {
  /// For each trained class its index among all classes.
  let indices: [Int]
  /// All classes, trained or not.
  let allCount: Int
  /// The trained class of each row; 0 for a row that has none, whose weight is 0.
  let codes: [Int]
  /// The part of the weight that each trained class has.
  let shares: [Double]

  /// - Throws: `FitError.noRows`, `FitError.oneClass`.
  init(labels: Labels, weights: [Double]) throws(FitError) {
    var totals = [Double](repeating: 0, count: labels.classes.count)
    for (code, weight) in zip(labels.codes, weights) { totals[Int(code)] += weight }
    let indices = totals.indices.filter { totals[$0] > 0 }
    guard let first = indices.first else { throw .noRows }
    guard indices.count > 1 else { throw .oneClass(labels.classes[first]) }
    let total = totals.reduce(0, +)
    shares = indices.map { totals[$0] / total }
    codes = labels.codes.map { indices.firstIndex(of: Int($0)) ?? 0 }
    self.indices = indices
    allCount = labels.classes.count
  }

  var count: Int { indices.count }
  var outputCount: Int { count == 2 ? 1 : count }
}

extension TrainedClasses {
  /// Rows of the fit laid out for all classes. A class that was not trained gets the intercept of
  /// `LinearClassifier.untrainedIntercept`, so that its probability is 0.
  func expanded(
    rows: [[Double]], intercepts: [Double]
  ) -> (rows: [[Double]], intercepts: [Double]) {
    if count == allCount { return (rows, intercepts) }
    var allRows = Array(
      repeating: [Double](repeating: 0, count: rows[0].count), count: allCount)
    var allIntercepts = Array(
      repeating: LinearClassifier.untrainedIntercept, count: allCount)
    for (position, index) in indices.enumerated() {
      if outputCount > 1 {
        (allRows[index], allIntercepts[index]) = (rows[position], intercepts[position])
      } else {
        // One margin is the difference of two that are opposite.
        let half = position == 1 ? 0.5 : -0.5
        (allRows[index], allIntercepts[index]) = (rows[0].map { $0 * half }, intercepts[0] * half)
      }
    }
    return (allRows, allIntercepts)
  }
}
