import FeatureTables

/// The classic capture file: what its header says, and how to read a record.
struct PcapFormat: Sendable {
  private let isBigEndian: Bool
  private let nanosecondsPerTick: Int64
  private let recordHeaderLength: Int
  private let lengthsMayBeSwapped: Bool
  /// Whether the magic of PacketStreamer may lie between and within records.
  private let hasSeams: Bool
  private let linkType: LinkType

  static let headerLength = 24
  /// No record holds more, whatever the snap length says: the limit of libpcap and Wireshark.
  static let maximumCapturedLength = 262_144
  /// So many zeros are no records of empty packets, but a tail that was never written.
  private static let unwrittenLength = 4_096

  /// Reads what is in front of the records and leaves the window behind it.
  /// - Parameter container: one that holds records of this format.
  /// - Throws: `DataError` of kind `badData` where the file header is cut.
  init(_ container: CaptureContainer, in window: inout CaptureWindow) throws(DataError) {
    let firstBytes = try window.firstBytes(PcapFormat.headerLength)
    if container == .packetStreamerKafka {
      self.init(.plain, PcapHeader(.plain), recordHeaderLength: 16, hasSeams: true)
    } else if firstBytes.count == PcapFormat.headerLength, let magic = PcapMagic(firstBytes) {
      let header = PcapHeader(magic, in: window)
      window.advance(PcapFormat.headerLength)
      if container == .packetStreamerSensor { window.beginFrames() }
      let length = try PcapTrial(magic, header).recordHeaderLength(in: &window)
      self.init(magic, header, recordHeaderLength: length, hasSeams: false)
    } else {
      throw DataError(
        file: window.name,
        problem: window.damage ?? "is cut inside the file header of a pcap capture",
        remedy: "capture or fetch the file again")
    }
  }

  private init(
    _ magic: PcapMagic, _ header: PcapHeader, recordHeaderLength: Int, hasSeams: Bool
  ) {
    isBigEndian = magic.isBigEndian
    nanosecondsPerTick = Int64(1_000_000_000 / header.ticksPerSecond)
    lengthsMayBeSwapped = header.lengthsMayBeSwapped
    linkType = header.linkType
    self.recordHeaderLength = recordHeaderLength
    self.hasSeams = hasSeams
  }

  /// The next record. Nil at the end; the window says then how the capture ended.
  @inline(__always)
  func nextRecord(in window: inout CaptureWindow) throws(DataError) -> PacketRecord? {
    if hasSeams { try PacketStreamerSeam.close(in: &window) }
    let header = recordHeaderLength
    guard try window.holds(header) else { return window.end() }
    let seconds = window.integer32(0, isBigEndian: isBigEndian)
    let ticks = window.integer32(4, isBigEndian: isBigEndian)
    var captured = window.integer32(8, isBigEndian: isBigEndian)
    var original = window.integer32(12, isBigEndian: isBigEndian)
    if lengthsMayBeSwapped, original < captured { swap(&captured, &original) }
    guard captured <= PcapFormat.maximumCapturedLength else {
      return window.end(damaged: "no record begins there: it would hold \(captured) bytes")
    }
    if captured == 0, seconds == 0, try isUnwritten(&window) {
      return window.end(damaged: "no record begins there: there are only zeros")
    }
    let length = header &+ Int(captured)
    guard try window.holds(length) else { return window.end() }
    // Reading may have moved the window.
    let start = window.position &+ header
    window.advance(length)
    return PacketRecord(
      time: Int64(seconds) &* 1_000_000_000 &+ Int64(ticks) &* nanosecondsPerTick,
      originalLength: original, linkType: linkType, start: start, capturedLength: Int(captured))
  }

  private func isUnwritten(_ window: inout CaptureWindow) throws(DataError) -> Bool {
    guard try window.holds(PcapFormat.unwrittenLength) else { return false }
    let start = window.position
    return window.withBytes(start..<start + PcapFormat.unwrittenLength) { bytes in
      (0..<bytes.byteCount).allSatisfy { bytes.byte($0) == 0 }
    }
  }
}
