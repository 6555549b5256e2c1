import FeatureTables

/// How the values of one input feature were spread at training, class by class, over bins that all
/// classes share: what drift is measured against.
public struct FeatureProfile: Sendable, Equatable {
  /// Into what parts the values of a feature are divided.
  public enum Bins: Sendable, Equatable {
    /// Ascending. Bin b holds the values that are at least b of the edges: bin 0 lies below the
    /// first edge, the last bin from the last edge on.
    case edges([Double])
    /// A bin a category, and one more for all others.
    case categories([String])
  }

  /// The name of the input feature.
  public let feature: String
  /// Into what parts its values are divided; the same for all classes.
  public let bins: Bins
  /// Rows of each class in each bin: classes by bins.
  public let counts: [[Int]]
  /// Rows of each class without a finite value, or without a category.
  public let missing: [Int]

  /// - Parameters:
  ///   - counts: one list a class, one count a bin.
  ///   - missing: one count a class.
  public init(feature: String, bins: Bins, counts: [[Int]], missing: [Int]) {
    precondition(counts.count == missing.count)
    precondition(counts.allSatisfy { $0.count == bins.count })
    self.feature = feature
    self.bins = bins
    self.counts = counts
    self.missing = missing
  }
}

extension FeatureProfile.Bins {
  /// How many bins there are; a missing value is in none of them.
  public var count: Int {
    switch self {
    case .edges(let edges): edges.count + 1
    case .categories(let names): names.count + 1
    }
  }
}

extension FeatureProfile {
  /// Edges of a numeric feature; also the most distinct values that get an edge each.
  private static let edgeLimit = 20
  /// Edges are chosen on about so many rows, evenly spread; counts are of all rows.
  private static let sampleSize = 50_000

  /// One profile an input feature.
  /// - Parameters:
  ///   - matrix: the rows of training, not encoded.
  ///   - labels: one a row; unlabeled rows are not counted.
  ///   - encoding: gives the categories of each feature.
  /// - Complexity: O(rows x columns x log(edges)).
  public static func profiles(
    of matrix: FeatureMatrix, labels: Labels, encoding: FeatureEncoding,
    parallel: Parallel = Parallel()
  ) -> [FeatureProfile] {
    precondition(matrix.schema.features == encoding.input.features)
    return parallel.map(matrix.columnCount) { column in
      switch matrix.schema.features[column].kind {
      case .numeric:
        profile(
          of: matrix, column: column, labels: labels,
          bins: .edges(edges(of: Array(matrix.column(column)))))
      case .categorical:
        profile(
          of: matrix, column: column, labels: labels,
          bins: .categories(encoding.categories[column]))
      }
    }
  }

  private static func profile(
    of matrix: FeatureMatrix, column: Int, labels: Labels, bins: Bins
  ) -> FeatureProfile {
    let binOf = binning(of: matrix, column: column, bins: bins)
    let row = Array(repeating: 0, count: bins.count)
    var counts = Array(repeating: row, count: labels.classes.count)
    var missing = Array(repeating: 0, count: labels.classes.count)
    for row in 0..<matrix.rowCount where labels.codes[row] >= 0 {
      let label = Int(labels.codes[row])
      if let bin = binOf(row) { counts[label][bin] += 1 } else { missing[label] += 1 }
    }
    return FeatureProfile(
      feature: matrix.schema.features[column].name, bins: bins, counts: counts, missing: missing)
  }

  /// The bin of a row, or nil where its value is missing.
  private static func binning(
    of matrix: FeatureMatrix, column: Int, bins: Bins
  ) -> (Int) -> Int? {
    switch bins {
    case .edges(let edges):
      let values = matrix.column(column)
      return { row in
        let value = values[values.startIndex + row]
        return value.isFinite ? edges.countAtMost(value) : nil
      }
    case .categories(let names):
      let position = Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
      let binOfCode = matrix.categories[column].map { position[$0] ?? names.count }
      return { row in
        matrix.categoryCode(row: row, column: column).map { binOfCode[$0] }
      }
    }
  }

  /// Every distinct value where they are few, else quantiles at equal steps.
  private static func edges(of column: [Double]) -> [Double] {
    let step = max(1, column.count / sampleSize)
    var sample = stride(from: 0, to: column.count, by: step).map { column[$0] }
    sample.removeAll { !$0.isFinite }
    sample.sort()
    let distinct = sample.withoutRepeats()
    guard distinct.count > edgeLimit else { return distinct }
    return (0..<edgeLimit).map { sample[$0 * sample.count / edgeLimit] }.withoutRepeats()
  }
}

extension [Double] {
  /// How many elements of this ascending array are at most `value`.
  func countAtMost(_ value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// This ascending array with each value once.
  fileprivate func withoutRepeats() -> [Double] {
    var distinct: [Double] = []
    for value in self where value != distinct.last { distinct.append(value) }
    return distinct
  }
}
