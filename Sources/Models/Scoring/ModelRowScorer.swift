import FeatureTables

/// A model made ready for one row after the other, as flows come in: no row allocates.
///
/// Each thread takes a copy of its own. A row gives the same bits as in a table.
public struct ModelRowScorer: Sendable {
  private let encoding: FeatureEncoding
  private var scorer: RowScorer
  private var encoded: [Double]

  init(_ model: Model) {
    encoding = model.encoding
    scorer = model.estimator.scorer()
    encoded = Array(repeating: 0, count: model.encoding.encodedCount)
  }

  /// Classes, each with a probability of its own.
  public var classCount: Int { scorer.classCount }

  /// Writes the probabilities of one row.
  /// - Parameters:
  ///   - row: a number a feature of the model's `inputSchema`; NaN is a missing value. A category
  ///     is its index among those that the model's encoding keeps; any other number stands for a
  ///     category that the model does not know.
  ///   - probabilities: one a class, overwritten; sums to one afterwards.
  /// - Returns: false, and nothing is written, where a number is not finite and the model's policy
  ///   is to refuse or to drop such rows.
  public mutating func probabilities(
    of row: [Double], into probabilities: inout [Double]
  ) -> Bool {
    guard encoding.encode(row, to: &encoded) else { return false }
    scorer.probabilities(of: encoded, into: &probabilities)
    return true
  }
}

extension Model {
  /// What scores rows one at a time, without allocating.
  public func scorer() -> ModelRowScorer { ModelRowScorer(self) }
}

extension FeatureEncoding {
  /// Encodes one row, whose categories are indices into `categories`.
  /// - Returns: false where the policy keeps the row from being scored.
  fileprivate func encode(_ row: [Double], to encoded: inout [Double]) -> Bool {
    precondition(row.count == input.features.count, "the row has not one number a feature")
    var place = 0
    for (index, value) in row.enumerated() {
      switch input.features[index].kind {
      case .numeric:
        if value.isFinite {
          encoded[place] = value
        } else if nonfinite == .drop || nonfinite == .error {
          return false
        } else {
          encoded[place] = nonfinite == .zero ? 0 : .nan
        }
        place += 1
      case .categorical:
        for category in categories[index].indices {
          encoded[place] = value == Double(category) ? 1 : 0
          place += 1
        }
      }
    }
    return true
  }
}
