import FeatureTables

/// The third stage of an extraction: ended flows in, their features and labels out. Without
/// state, so that any thread may do it.
struct FlowMeasuring<FeatureSet: FlowFeatureSet>: Sendable {
  /// What a row holds; without the texts around them, which would be counted at every value.
  private let features = FeatureSet.definitions.map(\.value)
  /// Whether to cut a value to three digits if it is large; nil for none of them.
  private let isRounded: [Bool]?
  private let labeler: FlowLabeler
  private let community: CommunityID

  /// - Throws: `DataError` of kind `usage` where label rules do not fit the feature set.
  init(_ options: ExtractionOptions) throws(DataError) {
    isRounded =
      options.roundsLarge
      ? FeatureSet.definitions.map { $0.feature.name != "flow_duration" } : nil
    labeler = try options.labeler(for: FeatureSet.self)
    community = CommunityID(seed: options.communitySeed)
  }

  func batch(_ ended: [FlowStage<FeatureSet>.Table.Ended], captureNames: [String]) -> FlowBatch {
    let rows = ended.filter { $0.flow.packetCount >= FeatureSet.minimumPackets }
    var batch = FlowBatch(
      featureCount: features.count, captureNames: captureNames,
      dropped: ended.count - rows.count, labelCounts: labeler.noCounts, community: community)
    var values: [Double] = []
    values.reserveCapacity(rows.count * features.count)
    for row in rows {
      let start = values.count
      measure(row.flow, into: &values)
      let identity = FlowIdentity(row.flow)
      let label = labeler.label(
        identity, ended: row.reason, values: values.span.extracting(start..<values.count),
        counting: &batch.labelCounts)
      batch.flows.append(identity)
      batch.endReasons.append(row.reason)
      batch.labels.append(label?.name)
      batch.rules.append(label?.rule)
      batch.captureIndices.append(Int(row.flow.capture))
    }
    batch.values = values
    return batch
  }

  private func measure(
    _ flow: borrowing FlowStage<FeatureSet>.Table.Flow, into values: inout [Double]
  ) {
    let measured = MeasuredFlow(flow)
    let start = values.count
    for feature in features { values.append(feature(measured)) }
    guard let isRounded else { return }
    for (index, isRounded) in isRounded.enumerated() where isRounded {
      values[start + index] = Cleaning.roundedIfLarge(values[start + index])
    }
  }
}
