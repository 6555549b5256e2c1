import FeatureTables
import Models

/// How far the features of some rows have moved from the rows that a model was trained on, by the
/// profile of each feature that the model carries.
public struct Drift: Sendable, Equatable, Codable {
  /// Rows behind the profiles.
  public let trainingRows: Int
  /// Labeled rows that were compared with them.
  public let rows: Int
  /// In the order of the model's input.
  public let features: [FeatureDrift]

  private enum CodingKeys: String, CodingKey {
    case rows, features
    case trainingRows = "training_rows"
  }

  /// Nil for a model without profiles.
  /// - Parameter table: labeled rows with the features of the model, in its order, not encoded.
  /// - Complexity: O(rows x features x log(bins)).
  public init?(of model: Model, on table: LabeledTable, parallel: Parallel = Parallel()) {
    let profiles = model.training.profiles
    guard !profiles.isEmpty else { return nil }
    precondition(
      profiles.map(\.feature) == table.matrix.schema.features.map(\.name),
      "the columns of the model")
    let weights = ClassMix(
      trained: zip(model.classes, model.training.classCounts), labels: table.labels
    ).weights(of: model.classes)
    trainingRows = model.training.rows
    rows = table.labels.codes.count { $0 != Labels.unlabeled }
    features = parallel.map(profiles.count) { column in
      Drift.drift(of: profiles[column], weights: weights, column: column, table)
    }
  }

  /// From the feature that has moved furthest to the one that has moved least.
  public var ranked: [FeatureDrift] {
    features.enumerated().sorted {
      let (first, second) = ($0.element.stabilityIndex, $1.element.stabilityIndex)
      return first == second ? $0.offset < $1.offset : first > second
    }.map(\.element)
  }

  /// The features that have drifted, in one sentence, or nothing.
  public var findings: [Finding] {
    let drifted = ranked.filter(\.isDrifted)
    guard !drifted.isEmpty else { return [] }
    let within = drifted.count(where: \.isDriftedWithinClasses)
    let cause =
      within == 0
      ? "all by the other mix of classes" : "\(within) of them within the classes, too"
    return [
      Finding(
        .driftedFeature, .info,
        "\(drifted.count) of \(features.count) features have moved far from the training rows "
          + "(\(cause)): \(listing(drifted.map(\.feature))); the scores are about other traffic "
          + "than the model learned from.",
        evidence: [
          "features": .texts(drifted.map(\.feature)),
          "psi": .list(drifted.map { .number($0.stabilityIndex) }),
          "within_classes": .texts(
            drifted.filter(\.isDriftedWithinClasses).map(\.feature)),
        ])
    ]
  }

  private static func drift(
    of profile: FeatureProfile, weights: [Double]?, column: Int, _ table: LabeledTable
  ) -> FeatureDrift {
    let seen = counts(in: profile.bins, column: column, table)
    let byClass = zip(profile.counts, profile.missing).map { $0 + [$1] }
    func trained(_ weights: [Double]) -> [Double] {
      seen.indices.map { bin in
        zip(byClass, weights).reduce(0) { $0 + Double($1.0[bin]) * $1.1 }
      }
    }
    let plain = BinShares(trained: trained(byClass.map { _ in 1 }), seen: seen)
    let bins = profile.bins.count
    let isNumeric = if case .edges = profile.bins { true } else { false }
    func missingShare(_ counts: [Double]) -> Double {
      let total = counts.reduce(0, +)
      return total > 0 ? counts[bins] / total : 0
    }
    return FeatureDrift(
      feature: profile.feature, stabilityIndex: plain.stabilityIndex,
      stabilityIndexAtSameClasses: weights.map {
        BinShares(trained: trained($0), seen: seen).stabilityIndex
      },
      kolmogorovSmirnov: isNumeric ? plain.kolmogorovSmirnov(ofFirst: bins) : nil,
      missingAtTraining: missingShare(plain.trained), missing: missingShare(seen),
      chanceIndex: plain.chanceIndex)
  }

  /// Labeled rows in each bin, and in the end those without a value.
  private static func counts(
    in bins: FeatureProfile.Bins, column: Int, _ table: LabeledTable
  ) -> [Double] {
    var counts = [Double](repeating: 0, count: bins.count + 1)
    let bin = binning(bins, names: table.matrix.categories[column])
    for (value, code) in zip(table.matrix.column(column), table.labels.codes)
    where code != Labels.unlabeled {
      counts[bin(value) ?? bins.count] += 1
    }
    return counts
  }

  /// The bin of a value, or nil where it is missing.
  private static func binning(
    _ bins: FeatureProfile.Bins, names: [String]
  ) -> (Double) -> Int? {
    switch bins {
    case .edges(let edges):
      return { value in value.isFinite ? countAtMost(value, in: edges) : nil }
    case .categories(let known):
      let binOfCode = names.map { known.firstIndex(of: $0) ?? known.count }
      return { value in
        Int(exactly: value).flatMap { binOfCode.indices.contains($0) ? binOfCode[$0] : nil }
      }
    }
  }

  /// How many elements of an ascending array are at most `value`.
  private static func countAtMost(_ value: Double, in edges: [Double]) -> Int {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
