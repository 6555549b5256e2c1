import FeatureTables

/// Why a model says what it says about one row: the features that speak loudest, for one class.
public struct Explanation: Sendable, Equatable {
  /// A feature and what it adds.
  public struct Part: Sendable, Equatable {
    /// An index into the features of the model's input.
    public let feature: Int
    /// What the feature adds to the output: above 0 it speaks for the class. A categorical feature
    /// has the sum over its columns.
    public let contribution: Double
  }

  /// The class that contributions speak for, an index into the model's classes: the second of two
  /// classes, of more the verdict.
  public let target: Int
  /// Where contributions begin, see `Explainer.baselines`.
  public let baseline: Double
  /// The largest contributions, in absolute value, first; of equal ones the first feature.
  public let parts: [Part]
  /// The contributions of all other features together.
  public let rest: Double
}

/// What the features of a model contribute, in words of its input: names and categories in place
/// of encoded columns.
public struct ModelExplainer: Sendable {
  /// Over encoded columns.
  public let explainer: Explainer
  private let model: Model
  private let sources: [Int]

  /// - Throws: `DataError` where the trees of the model do not tell how training rows divided.
  public init(_ model: Model, file: String = "model") throws(DataError) {
    self.model = model
    explainer = try Explainer(model.estimator, file: file)
    sources = model.encoding.sourceFeatures
  }

  private var featureCount: Int { model.inputSchema.features.count }

  /// One explanation for each row that the model scores, in the order of `Scores.scoredRows`.
  /// - Parameters:
  ///   - count: how many features to name, at least 0.
  ///   - verdicts: one class a scored row.
  /// - Throws: `DataError` as `Model.score`.
  public func explain(
    _ table: LabeledTable, verdicts: [Int32], naming count: Int,
    allowingDifferentDefinitions: Bool = false, parallel: Parallel = Parallel()
  ) throws(DataError) -> [Explanation] {
    let matrix = try encoded(table, allowingDifferentDefinitions: allowingDifferentDefinitions)
    precondition(verdicts.count == matrix.rowCount, "one verdict a scored row")
    return Array(
      explainer.mapBlocks(of: matrix, parallel: parallel) { rows, contributions in
        rows.map { row in
          let target = model.classes.count == 2 ? 1 : Int(verdicts[row])
          let output = explainer.outputCount == 1 ? 0 : target
          let start =
            ((row - rows.lowerBound) * explainer.outputCount + output) * sources.count
          return explanation(
            byFeature(contributions[start..<start + sources.count]), target: target,
            baseline: explainer.baselines[output], naming: count)
        }
      }.joined())
  }

  /// The mean size of the contributions over the rows that the model scores: outputs by features
  /// of the input; a summary of what the model looks at. Zeros without rows.
  /// - Throws: `DataError` as `Model.score`.
  public func meanSizes(
    on table: LabeledTable, allowingDifferentDefinitions: Bool = false,
    parallel: Parallel = Parallel()
  ) throws(DataError) -> [[Double]] {
    let matrix = try encoded(table, allowingDifferentDefinitions: allowingDifferentDefinitions)
    let outputs = explainer.outputCount
    let blocks = explainer.mapBlocks(of: matrix, parallel: parallel) { rows, contributions in
      var sums = [Double](repeating: 0, count: outputs * featureCount)
      for position in 0..<rows.count * outputs {
        let start = position * sources.count
        let parts = byFeature(contributions[start..<start + sources.count])
        for (feature, part) in parts.enumerated() {
          sums[position % outputs * featureCount + feature] += abs(part)
        }
      }
      return sums
    }
    var totals = [Double](repeating: 0, count: outputs * featureCount)
    for block in blocks {
      for index in totals.indices { totals[index] += block[index] }
    }
    return (0..<outputs).map { output in
      totals[output * featureCount..<(output + 1) * featureCount].map {
        matrix.rowCount == 0 ? 0 : $0 / Double(matrix.rowCount)
      }
    }
  }

  private func encoded(
    _ table: LabeledTable, allowingDifferentDefinitions: Bool
  ) throws(DataError) -> FeatureMatrix {
    let matrix = try model.inputMatrix(
      of: table, allowingDifferentDefinitions: allowingDifferentDefinitions)
    return try model.encoding.encode(matrix, from: table.inputName).matrix
  }

  private func byFeature(_ contributions: ArraySlice<Double>) -> [Double] {
    var sums = [Double](repeating: 0, count: featureCount)
    for (contribution, source) in zip(contributions, sources) { sums[source] += contribution }
    return sums
  }

  private func explanation(
    _ contributions: [Double], target: Int, baseline: Double, naming count: Int
  ) -> Explanation {
    let ranked = contributions.indices.sorted {
      (abs(contributions[$1]), $0) < (abs(contributions[$0]), $1)
    }
    return Explanation(
      target: target, baseline: baseline,
      parts: ranked.prefix(count).map {
        Explanation.Part(feature: $0, contribution: contributions[$0])
      },
      rest: ranked.dropFirst(count).reduce(0) { $0 + contributions[$1] })
  }
}
