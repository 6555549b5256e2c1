import FeatureTables

/// What a model said about rows whose class is known: all that a metric needs.
public struct Predictions: Sendable, Equatable {
  /// The names behind the codes: the model's classes in its order, then those that only the truth
  /// has. Of two classes the second is the positive one.
  public let classes: [String]
  /// Which of `classes` are benign; every other class is malicious.
  public let benign: Set<String>
  /// The true class of each row, an index into `classes`.
  public let truth: [Int32]
  /// The predicted class of each row, an index into `classes`.
  public let predicted: [Int32]
  /// Row-major, rows by classes; each row sums to one.
  public let probabilities: [Double]
  /// Whether each row is taken for malicious, at the threshold of the model.
  public let alarms: [Bool]
  /// Rows that were left out because they have no label.
  public let unlabeledRowCount: Int

  /// - Parameters:
  ///   - probabilities: row-major, rows by classes, finite.
  ///   - alarms: one a row; nil for the rows whose predicted class is malicious.
  public init(
    classes: [String], benign: Set<String>, truth: [Int32], predicted: [Int32],
    probabilities: [Double], alarms: [Bool]? = nil
  ) {
    self.init(
      classes: classes, benign: benign, truth: truth, predicted: predicted,
      probabilities: probabilities, alarms: alarms, unlabeledRowCount: 0)
  }

  private init(
    classes: [String], benign: Set<String>, truth: [Int32], predicted: [Int32],
    probabilities: [Double], alarms: [Bool]?, unlabeledRowCount: Int
  ) {
    let codes = 0..<Int32(classes.count)
    precondition(truth.allSatisfy(codes.contains), "a true class has no name")
    precondition(predicted.allSatisfy(codes.contains), "a predicted class has no name")
    precondition(predicted.count == truth.count, "one predicted class a row")
    precondition(probabilities.count == truth.count * classes.count, "rows by classes")
    precondition(probabilities.allSatisfy(\.isFinite), "a probability is not finite")
    precondition(alarms == nil || alarms?.count == truth.count, "one alarm a row")
    self.classes = classes
    self.benign = benign
    self.truth = truth
    self.predicted = predicted
    self.probabilities = probabilities
    let isMalicious = classes.map { !benign.contains($0) }
    self.alarms = alarms ?? predicted.map { isMalicious[Int($0)] }
    self.unlabeledRowCount = unlabeledRowCount
  }

  /// Brings the labels of a table and the output of a model together: rows without a label are
  /// left out and counted, and a class that the model does not know gets probability zero.
  /// - Parameters:
  ///   - labels: the truth, one a row; its classes need not be the model's.
  ///   - classes: the model's.
  ///   - benign: the model's benign classes. A class that the model does not know is benign where
  ///     `labels` says so.
  ///   - predicted: one a row, indices into `classes`.
  ///   - probabilities: row-major, rows by `classes`.
  ///   - alarms: one a row; nil for the rows whose predicted class is malicious.
  public init(
    labels: Labels, classes: [String], benign: Set<String>, predicted: [Int32],
    probabilities: [Double], alarms: [Bool]? = nil
  ) {
    precondition(predicted.count == labels.count, "one predicted class a row")
    precondition(probabilities.count == labels.count * classes.count, "rows by classes")
    let present = zip(labels.classes, labels.classCounts).filter { $0.1 > 0 }.map(\.0)
    let unknown = present.filter { !classes.contains($0) }
    let all = classes + unknown
    let code = Dictionary(zip(all, Int32(0)...), uniquingKeysWith: { first, _ in first })
    let translated = labels.classes.map { code[$0] ?? 0 }

    let rows = labels.codes.indices.filter { labels.codes[$0] != Labels.unlabeled }
    var padded: [Double] = []
    padded.reserveCapacity(rows.count * all.count)
    for row in rows {
      padded += probabilities[row * classes.count..<(row + 1) * classes.count]
      for _ in unknown { padded.append(0) }
    }
    self.init(
      classes: all, benign: benign.union(labels.benign.intersection(unknown)),
      truth: rows.map { translated[Int(labels.codes[$0])] }, predicted: rows.map { predicted[$0] },
      probabilities: padded, alarms: alarms.map { alarms in rows.map { alarms[$0] } },
      unlabeledRowCount: labels.count - rows.count)
  }

  /// The rows that count: those with a label.
  public var rowCount: Int { truth.count }

  /// Whether each of `classes` is malicious.
  public var isMalicious: [Bool] { classes.map { !benign.contains($0) } }
}
