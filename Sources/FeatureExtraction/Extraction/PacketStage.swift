import FeatureTables

/// The first stage of an extraction: captures in, batches of packet digests out.
struct PacketStage<FeatureSet: FlowFeatureSet>: ~Copyable {
  private let options: ExtractionOptions
  private let local: AddressSet
  private var decoder: PacketDecoder
  private var queue: CaptureQueue
  private var reader: CaptureReader?
  private var captureCount: UInt32 = 0

  /// - Throws: `DataError` if one of the captures is not there or is none.
  init(_ captures: [String], options: ExtractionOptions) throws(DataError) {
    self.options = options
    local = AddressSet(options.localNetworks)
    decoder = PacketDecoder(
      tunnels: options.tunnels,
      fragments: options.fragments(joinedByDefault: FeatureSet.joinsFragments),
      vlan: options.vlan)
    queue = try CaptureQueue(captures, digesting: options.digestsInputs)
  }

  /// Fills an empty batch; false after the last.
  mutating func fill(_ batch: inout PacketBatch) throws(DataError) -> Bool {
    guard var reader = try takeReader(for: &batch) else {
      decoder.endOfInput()
      guard decoder.hasReleased else { return false }
      batch.capture = captureCount - 1
      takeReleased(into: &batch)
      return true
    }
    batch.capture = captureCount - 1
    if try fill(&batch, from: &reader) {
      self.reader = consume reader
    } else {
      let digest = try reader.storedDigest()
      batch.captureEnded = CaptureDescription(
        reader, ended: reader.ending ?? .complete, sha256: digest)
    }
    return true
  }

  /// The capture that is being read, or the next.
  private mutating func takeReader(
    for batch: inout PacketBatch
  ) throws(DataError) -> CaptureReader? {
    if let current = reader.take() { return current }
    guard let next = try queue.next() else { return nil }
    captureCount += 1
    batch.captureName = next.name
    return next
  }

  /// Takes packets until the batch is full; false at the end of the capture.
  private mutating func fill(
    _ batch: inout PacketBatch, from reader: inout CaptureReader
  ) throws(DataError) -> Bool {
    while batch.read < PacketBatch.capacity {
      guard let record = try reader.next() else { return false }
      batch.read += 1
      let result = reader.withBytes(of: record) { decoder.decode($0, record) }
      if decoder.hasReleased { takeReleased(into: &batch) }
      switch result {
      case .metered(let packet): admit(packet, into: &batch)
      case .skipped(let reason): batch.skips.add(reason)
      case .held: break
      }
    }
    return true
  }

  @inline(__always)
  private func admit(_ packet: PacketHeader, into batch: inout PacketBatch) {
    var packet = packet
    if !local.isEmpty { packet.note(local: local) }
    if FeatureSet.admit(&packet, options: options) {
      batch.packets.append(packet)
    } else {
      batch.skips.add(.notInFeatureSet)
    }
  }

  @inline(never)
  private mutating func takeReleased(into batch: inout PacketBatch) {
    for packet in decoder.takeReleased() { admit(packet, into: &batch) }
  }
}

extension PacketHeader {
  /// Notes which side is local, where one is.
  fileprivate mutating func note(local: borrowing AddressSet) {
    let lowerIsLocal = local.contains(key.lowerAddress)
    guard lowerIsLocal != local.contains(key.upperAddress) else { return }
    traits.insert(lowerIsLocal == isFromLower ? .isFromLocal : .isToLocal)
  }
}
