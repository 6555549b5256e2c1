import FeatureTables

/// The third stage of an extraction: ended flows in, their features and labels out. Without
/// state, so that any thread may do it.
struct FlowMeasuring<FeatureSet: FlowFeatureSet>: Sendable {
  /// What lies in the second-level cache with room to spare.
  private static var flowsAtHand: Int { 64 }

  /// What a row holds; without the texts around them, which would be counted at every value.
  private let features = FeatureSet.definitions.map(\.column)
  /// Whether to cut a value to three digits if it is large; nil for none of them.
  private let isRounded: [Bool]?
  private let labeler: FlowLabeler
  private let community: CommunityID
  /// Arrays of flows that have been measured, to be filled again.
  private let used = Pool<[FlowStage<FeatureSet>.Table.Ended]>()

  init(_ options: ExtractionOptions, labeler: FlowLabeler) {
    isRounded =
      options.roundsLarge
      ? FeatureSet.definitions.map { $0.feature.name != "flow_duration" } : nil
    self.labeler = labeler
    community = CommunityID(seed: options.communitySeed)
  }

  /// Room for flows that end: an empty array, with memory where some is left over.
  func room() -> [FlowStage<FeatureSet>.Table.Ended] { used.take() ?? [] }

  /// Measures flows, and keeps their room for others.
  func batch(
    _ flows: consuming [FlowStage<FeatureSet>.Table.Ended], captureNames: [String]
  ) -> FlowBatch {
    let count = flows.count
    if FeatureSet.minimumPackets > 1 {
      flows.removeAll { $0.flow.packetCount < FeatureSet.minimumPackets }
    }
    let batch = batch(of: flows, dropped: count - flows.count, captureNames: captureNames)
    flows.removeAll(keepingCapacity: true)
    used.give(flows)
    return batch
  }

  private func batch(
    of rows: [FlowStage<FeatureSet>.Table.Ended], dropped: Int, captureNames: [String]
  ) -> FlowBatch {
    var batch = FlowBatch(
      featureCount: features.count, captureNames: captureNames, dropped: dropped,
      labelCounts: labeler.noCounts, community: community)
    let values = measure(rows)
    for (index, row) in rows.enumerated() {
      let start = index * features.count
      let identity = FlowIdentity(row.flow)
      let label = labeler.label(
        identity, ended: row.reason, values: values.span.extracting(start..<start + features.count),
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

  /// The values of all flows, row by row. Feature after feature: one runs over some flows while
  /// its code is at hand, and the flows are while all features run.
  private func measure(_ rows: [FlowStage<FeatureSet>.Table.Ended]) -> [Double] {
    var values = [Double](repeating: 0, count: rows.count * features.count)
    FeatureSet.Measured.withViews(of: rows) { flows in
      for start in stride(from: 0, to: flows.count, by: Self.flowsAtHand) {
        let some = Array(flows[start..<min(start + Self.flowsAtHand, flows.count)])
        for (column, feature) in features.enumerated() {
          feature(some, &values, start * features.count + column, features.count)
        }
      }
    }
    guard let isRounded else { return values }
    for position in values.indices where isRounded[position % features.count] {
      values[position] = Cleaning.roundedIfLarge(values[position])
    }
    return values
  }
}
