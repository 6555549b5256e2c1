/// What became of some flows. Counts of batches add up to those of all.
struct FlowCounts: Sendable {
  private(set) var labels: LabelCounts
  private var ended: [EndReason: Int] = [:]
  private var dropped = 0

  init(labels: LabelCounts) { self.labels = labels }

  init(_ batch: FlowBatch) {
    labels = batch.labelCounts
    dropped = batch.dropped
    for reason in batch.endReasons { ended[reason, default: 0] += 1 }
  }

  static func += (left: inout FlowCounts, right: FlowCounts) {
    left.labels += right.labels
    left.dropped += right.dropped
    left.ended.merge(right.ended, uniquingKeysWith: +)
  }

  var account: ExtractionAccount.Flows {
    var flows = ExtractionAccount.Flows()
    flows.written = ended.values.reduce(0, +)
    for (reason, count) in ended { flows.ended[reason.rawValue] = count }
    flows.evicted = ended[.evicted] ?? 0
    flows.dropped = dropped
    return flows
  }
}
