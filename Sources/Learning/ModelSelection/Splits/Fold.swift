import FeatureTables

/// One way of dividing rows: which teach, which test. Rows without a label are on neither side.
public struct Fold: Sendable, Equatable {
  /// Which repetition of the division this is, from 0.
  public let repetition: Int
  /// The fold within its repetition, from 0.
  public let index: Int
  /// Row indices, ascending.
  public let training: [Int]
  /// Row indices, ascending; none of them in `training`.
  public let test: [Int]

  /// - Parameters:
  ///   - training: row indices, ascending.
  ///   - test: row indices, ascending, none of them in `training`.
  public init(repetition: Int = 0, index: Int = 0, training: [Int], test: [Int]) {
    self.repetition = repetition
    self.index = index
    self.training = training
    self.test = test
  }

  /// The classes that some row of `labels` has, but none on the side: a class with fewer rows, or
  /// fewer groups, than folds is absent somewhere, and the reader of a score should know.
  public func absentClasses(_ labels: Labels) -> (training: [String], test: [String]) {
    func absent(_ rows: [Int]) -> [String] {
      let present = labels.classCounts
      let counts = labels.rows(rows).classCounts
      return labels.classes.indices.filter { present[$0] > 0 && counts[$0] == 0 }
        .map { labels.classes[$0] }
    }
    return (absent(training), absent(test))
  }
}
