import FeatureTables
import Foundation
import Synchronization

/// The second stage of an extraction: batches of packets in, ended flows out, still without
/// their features.
struct FlowStage<FeatureSet: FlowFeatureSet>: ~Copyable {
  typealias Table = FlowTable<FeatureSet.Assembly, FeatureSet.Accumulators>

  /// Large enough that handing a batch over costs nothing, small enough that one lies in the cache.
  private static var flowsPerBatch: Int { 512 }
  private static var mostFlowsPerBatch: Int { 4 * flowsPerBatch }

  private let shard: Shard?
  private let measuring: FlowMeasuring<FeatureSet>
  private var table: Table
  private var skips = SkipCounts()
  private var captureNames: [String] = []
  private(set) var account = ExtractionAccount()

  init(options: ExtractionOptions, labeler: FlowLabeler) throws(DataError) {
    shard = options.shard
    let rules = try options.flowRules(for: FeatureSet.self)
    measuring = FlowMeasuring(options, labeler: labeler)
    var generator = SystemRandomNumberGenerator()
    table = Table(rules: rules, using: &generator)
  }

  /// Takes in a batch and hands on the flows that it ended.
  mutating func take(
    _ batch: PacketBatch, into sink: (@escaping PendingBatch) throws(DataError) -> Void
  ) throws(DataError) {
    if let name = batch.captureName { captureNames.append(name) }
    account.packets.read += batch.read
    account.packets.metered += batch.packets.count
    skips += batch.skips
    add(batch)
    if table.ended.count >= Self.flowsPerBatch { try handOn(into: sink) }
    if let capture = batch.captureEnded { account.inputs.append(capture) }
  }

  private mutating func add(_ batch: borrowing PacketBatch) {
    guard let shard else {
      return table.add(batch.packets.span, capture: batch.capture) { _ in true }
    }
    var others = 0
    table.add(batch.packets.span, capture: batch.capture) { key in
      let isMember = shard.holds(key)
      if !isMember { others += 1 }
      return isMember
    }
    account.packets.metered -= others
    skips.add(.otherShard, count: others)
  }

  /// Ends the flows that are left.
  /// - Throws: `DataError` with the account where no packet could be metered, also by another
  ///   shard.
  mutating func finish(
    into sink: (@escaping PendingBatch) throws(DataError) -> Void
  ) throws(DataError) {
    account.packets.skipped = skips.byName
    let others = skips.byName[SkipReason.otherShard.rawValue] ?? 0
    guard account.packets.metered + others > 0 else { throw account.nothingMetered() }
    var hasMore = true
    while hasMore {
      hasMore = table.endOfInput(atMost: Self.flowsPerBatch)
      try handOn(into: sink)
    }
  }

  private mutating func handOn(
    into sink: (@escaping PendingBatch) throws(DataError) -> Void
  ) throws(DataError) {
    let ended = table.takeEnded(leaving: measuring.room())
    let (measuring, names) = (measuring, captureNames)
    // Where packet time jumps, many flows end at once.
    for start in stride(from: 0, to: ended.count, by: Self.mostFlowsPerBatch) {
      let part =
        ended.count <= Self.mostFlowsPerBatch
        ? ended : Array(ended[start..<min(start + Self.mostFlowsPerBatch, ended.count)])
      // Whoever measures them owns them, so that their room can be used again.
      let parked = Mutex(part)
      try sink {
        measuring.batch(parked.withLock { exchange(&$0, with: []) }, captureNames: names)
      }
    }
  }
}

/// Flows that ended, whose features are computed by whoever asks for them.
package typealias PendingBatch = @Sendable () -> FlowBatch

extension FlowFeatureSet {
  package static func meter(
    _ captures: [String], options: ExtractionOptions, labeler: FlowLabeler, threads: Int,
    progress: (Int) -> Void,
    into sink: (@escaping PendingBatch) throws(DataError) -> Void
  ) throws(DataError) -> ExtractionAccount {
    var flows = try FlowStage<Self>(options: options, labeler: labeler)
    var batches = 0
    func take(_ batch: PacketBatch) throws(DataError) {
      try flows.take(batch, into: sink)
      batches += 1
      if batches % 32 == 0 { progress(flows.account.packets.read) }
    }
    if threads > 1 {
      try DecoderThread<Self>.run(captures, options: options, into: take)
    } else {
      var packets = try PacketStage<Self>(captures, options: options)
      var batch = PacketBatch()
      while try packets.fill(&batch) {
        try take(batch)
        batch.clear()
      }
    }
    try flows.finish(into: sink)
    return flows.account
  }
}

extension ExtractionAccount {
  /// The error for captures that give no flow.
  fileprivate func nothingMetered() -> DataError {
    let reasons = packets.skipped.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let endings = inputs.compactMap(\.ended.reason)
    let names = inputs.prefix(3).map(\.file).joined(separator: ", ")
    return DataError(
      file: inputs.count > 3 ? "\(names) and \(inputs.count - 3) more" : names,
      problem: packets.read == 0
        ? (["holds no packets"] + endings).joined(separator: "; ")
        : "none of \(packets.read) packets could be metered: \(reasons)",
      remedy: "flows are made of IP packets; 'flowmeter inspect' says what a capture holds")
  }
}
