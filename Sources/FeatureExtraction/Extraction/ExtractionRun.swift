import FeatureTables

/// One pass over captures for one feature set.
struct ExtractionRun<FeatureSet: FlowFeatureSet>: ~Copyable {
  private let options: ExtractionOptions
  private let definitions = FeatureSet.definitions
  private var table: FlowTable<FeatureSet.Assembly, FeatureSet.Accumulators>
  private var skips = SkipCounts()
  private var account = ExtractionAccount()
  private let labeler: FlowLabeler
  private var labelCounts: LabelCounts
  private var captureNames: [String] = []
  /// Reused, so that a row costs no allocation.
  private var row: FlowRow?

  private static var flowsPerBatch: Int { 1_024 }
  private static var packetsPerReport: Int { 65_536 }

  init(options: ExtractionOptions) throws(DataError) {
    self.options = options
    let rules = try options.flowRules(defaults: FeatureSet.rules)
    labeler = try FlowLabeler(options.labels, schema: FeatureSet.schema)
    labelCounts = labeler.noCounts
    var generator = SystemRandomNumberGenerator()
    table = FlowTable(rules: rules, using: &generator)
  }

  /// Reads one capture to its end; flows go on into the next.
  mutating func read(
    _ reader: inout CaptureReader, progress: (Int) -> Void,
    into sink: (FlowRow) throws(DataError) -> Void
  ) throws(DataError) {
    let capture = UInt32(captureNames.count)
    captureNames.append(reader.name)
    while let record = try reader.next() {
      account.packets.read += 1
      switch reader.withBytes(of: record, { PacketDecoder.decode($0, record) }) {
      case .metered(var packet):
        guard FeatureSet.admit(&packet, options: options) else {
          skips.add(.notInFeatureSet)
          break
        }
        account.packets.metered += 1
        table.observe(packet.time)
        table.add(packet, capture: capture)
        if table.ended.count >= Self.flowsPerBatch { try writeEnded(into: sink) }
      case .skipped(let reason):
        skips.add(reason)
      }
      if account.packets.read % Self.packetsPerReport == 0 { progress(account.packets.read) }
    }
    let digest = try reader.storedDigest()
    account.inputs.append(
      CaptureDescription(reader, ended: reader.ending ?? .complete, sha256: digest))
  }

  /// Ends the flows that are left.
  /// - Throws: `DataError` with the account where no packet could be metered.
  mutating func finish(
    into sink: (FlowRow) throws(DataError) -> Void
  ) throws(DataError) -> ExtractionAccount {
    account.packets.skipped = skips.byName
    guard account.packets.metered > 0 else { throw account.nothingMetered() }
    table.endOfInput()
    try writeEnded(into: sink)
    account.rules = labeler.account(labelCounts)
    return account
  }

  private mutating func writeEnded(
    into sink: (FlowRow) throws(DataError) -> Void
  ) throws(DataError) {
    for index in table.ended.indices {
      guard table.ended[index].flow.packetCount >= FeatureSet.minimumPackets else {
        account.flows.dropped += 1
        continue
      }
      try write(table.ended[index].flow, table.ended[index].reason, into: sink)
    }
    table.removeEnded()
  }

  private mutating func write(
    _ flow: borrowing FlowState<FeatureSet.Assembly, FeatureSet.Accumulators>, _ reason: EndReason,
    into sink: (FlowRow) throws(DataError) -> Void
  ) throws(DataError) {
    let identity = FlowIdentity(flow)
    let capture = Int(flow.capture)
    var values = row.take()?.values ?? []
    values.removeAll(keepingCapacity: true)
    for definition in definitions { values.append(definition.value(flow.accumulators)) }
    let label = labeler.label(identity, values: values.span, counting: &labelCounts)
    let row = FlowRow(
      flow: identity, capture: captureNames[capture], captureIndex: capture, endReason: reason,
      values: values, label: label?.name, rule: label?.rule,
      community: CommunityID(seed: options.communitySeed))
    try sink(row)
    self.row = row
    account.flows.written += 1
    account.flows.ended[reason.rawValue, default: 0] += 1
    if reason == .evicted { account.flows.evicted += 1 }
  }
}

extension FlowFeatureSet {
  package static func extract(
    _ captures: [String], options: ExtractionOptions, progress: (Int) -> Void,
    into sink: (FlowRow) throws(DataError) -> Void
  ) throws(DataError) -> ExtractionAccount {
    var run = try ExtractionRun<Self>(options: options)
    var queue = try CaptureQueue(captures)
    while var reader = try queue.next() {
      try run.read(&reader, progress: progress, into: sink)
    }
    return try run.finish(into: sink)
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
