import FeatureTables

/// The profiles of a table: how each feature is spread over the classes, the feature that tells
/// them best first.
public struct FeatureHistograms: Sendable, Equatable, Codable {
  /// A class with its weight.
  public struct ProfiledClass: Sendable, Equatable, Codable {
    /// By its name among the labels.
    public let name: String
    /// Rows of the class.
    public let rows: Int
    /// Whether it is a benign class.
    public let isBenign: Bool

    private enum CodingKeys: String, CodingKey {
      case name = "class"
      case rows
      case isBenign = "benign"
    }
  }

  /// Rows with a label, which are those that count.
  public let rows: Int
  /// Classes that have rows, in the order of the labels.
  public let classes: [ProfiledClass]
  /// From the feature that separates the classes best to the one that does least.
  public let features: [FeatureHistogram]

  /// Counts the columns of a table.
  /// - Parameters:
  ///   - table: rows without a label are not counted.
  ///   - columns: those to count; nil for all.
  ///   - measure: what puts the features in order; nil leaves them in that of `columns`.
  /// - Complexity: O(columns x rows x log rows); the memory of a few columns for each thread.
  public init(
    of table: LabeledTable, columns: [Int]? = nil,
    rankedBy measure: Separation.Measure? = .jensenShannon, parallel: Parallel = Parallel()
  ) {
    let columns = columns ?? Array(table.matrix.schema.features.indices)
    let counts = table.labels.classCounts
    let codes = counts.indices.filter { counts[$0] > 0 }
    rows = counts.reduce(0, +)
    classes = codes.map { code in
      let name = table.labels.classes[code]
      return ProfiledClass(
        name: name, rows: counts[code], isBenign: table.labels.benign.contains(name))
    }
    let found = parallel.map(columns.count) {
      FeatureHistogram(table, column: columns[$0], codes: codes)
    }
    guard let measure else {
      features = found
      return
    }
    features = found.enumerated().sorted { first, second in
      let distances = [first, second].map { $0.element.separation?.distance(measure) ?? -1 }
      return distances[0] == distances[1]
        ? first.offset < second.offset : distances[0] > distances[1]
    }.map(\.element)
  }
}
