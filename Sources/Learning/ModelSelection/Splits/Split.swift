import FeatureTables

/// A division of the rows of a table, once or several times, with the words that describe it.
///
/// The same table, method and seed give the same split on any machine.
public struct Split: Sendable, Equatable {
  /// By what rule the rows were divided.
  public let method: SplitMethod
  /// The short name for tables and files: `grouped 10-fold`, `time holdout 0.2`.
  public let name: String
  /// A sentence for a person: what is kept apart, and what could not be.
  public let description: String
  /// What random choices started from; a split by time makes none.
  public let seed: UInt64
  /// Repetition by repetition, in each fold by fold; one for a holdout.
  public let folds: [Fold]

  /// - Parameter folds: at least one, none with an empty side.
  public init(
    method: SplitMethod, name: String, description: String, seed: UInt64, folds: [Fold]
  ) {
    self.method = method
    self.name = name
    self.description = description
    self.seed = seed
    self.folds = folds
  }

  /// One division into training and test rows.
  /// - Parameter testFraction: the share of the rows to test with, between 0 and 1.
  /// - Throws: `DataError` of kind `usage` for a fraction outside its bounds and for a split by
  ///   time without times; of kind `badData` where one side would be empty.
  public static func holdout(
    _ table: LabeledTable, method: SplitMethod = .grouped, testFraction: Double = 0.2,
    seed: UInt64 = 0, parallel: Parallel = Parallel()
  ) throws(DataError) -> Split {
    guard testFraction > 0, testFraction < 1 else {
      throw DataError(
        .usage, file: table.inputName, problem: "\(testFraction) is not a share of the rows",
        remedy: "give a number between 0 and 1, for instance 0.2")
    }
    let maker = SplitMaker(table: table, method: method, seed: seed, parallel: parallel)
    let (folds, description) = try maker.holdout(testFraction: testFraction)
    return Split(
      method: method, name: "\(method.rawValue) holdout \(testFraction)",
      description: description, seed: seed, folds: folds)
  }

  /// Several divisions: each labeled row tests in one fold of each repetition. By time, fold i
  /// trains on the first i + 1 of `count` + 1 stretches of time and tests on the next.
  /// - Parameters:
  ///   - count: folds, at least 2.
  ///   - repetitions: how often to divide anew, at least 1; by time just 1.
  /// - Throws: `DataError` of kind `usage` for counts outside their bounds and for a split by
  ///   time without times; of kind `badData` where there are fewer groups than folds.
  public static func folds(
    _ table: LabeledTable, method: SplitMethod = .grouped, count: Int = 10, repetitions: Int = 1,
    seed: UInt64 = 0, parallel: Parallel = Parallel()
  ) throws(DataError) -> Split {
    guard count >= 2, repetitions >= 1, method != .time || repetitions == 1 else {
      throw DataError(
        .usage, file: table.inputName,
        problem: "\(count) folds, repeated \(repetitions) times, by \(method.rawValue)",
        remedy: "take at least 2 folds and 1 repetition; a split by time is not repeated")
    }
    let maker = SplitMaker(table: table, method: method, seed: seed, parallel: parallel)
    let (folds, description) = try maker.folds(count: count, repetitions: repetitions)
    let times = repetitions == 1 ? "" : ", \(repetitions) times"
    return Split(
      method: method, name: "\(method.rawValue) \(count)-fold\(times)",
      description: description, seed: seed, folds: folds)
  }
}
