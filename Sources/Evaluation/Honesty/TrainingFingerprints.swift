import FeatureTables

/// What a model remembers of its training rows: enough to find them again in a test table.
public struct TrainingFingerprints: Sendable, Equatable {
  /// `RowFingerprint` of the feature vectors.
  public let rows: FingerprintSample
  /// `RowIdentity.connections`; empty where the training table had none.
  public let connections: FingerprintSample

  /// From samples that were taken before, such as those that a model carries.
  public init(rows: FingerprintSample, connections: FingerprintSample) {
    self.rows = rows
    self.connections = connections
  }

  /// The fingerprints of a table, at most `capacity` of each kind.
  public init(of table: LabeledTable, capacity: Int) {
    self.init(
      rows: FingerprintSample(RowFingerprint.hashes(of: table.matrix), capacity: capacity),
      connections: FingerprintSample(table.identity.connections, capacity: capacity))
  }

  /// Duplicates and connections across the split, counted over the test rows that the samples can
  /// say something about.
  func findings(testing: LabeledTable) -> [Finding] {
    let duplicates = rows.overlap(with: RowFingerprint.hashes(of: testing.matrix))
    let flows = connections.overlap(with: testing.identity.connections)
    return [
      SplitFindings.duplicates(
        duplicates.found, of: duplicates.checked, sampled: !rows.isComplete),
      SplitFindings.connections(
        flows.found, of: flows.checked, sampled: !connections.isComplete),
    ].compactMap { $0 }
  }
}
