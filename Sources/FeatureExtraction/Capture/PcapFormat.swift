import FeatureTables

/// The classic capture file: what its header says, and how to read a record.
struct PcapFormat: Sendable {
  /// The first four bytes, which give byte order and resolution.
  struct Magic: Sendable {
    let isBigEndian: Bool
    let nanosecondsPerTick: Int64
    /// 16, and 24 in the form of Alexey Kuznetzov's patched libpcap.
    let recordHeaderLength: Int

    init?(_ bytes: some Collection<UInt8>) {
      switch Array(bytes) {
      case [0xD4, 0xC3, 0xB2, 0xA1]: self.init(bigEndian: false, tick: 1_000, header: 16)
      case [0xA1, 0xB2, 0xC3, 0xD4]: self.init(bigEndian: true, tick: 1_000, header: 16)
      case [0x4D, 0x3C, 0xB2, 0xA1]: self.init(bigEndian: false, tick: 1, header: 16)
      case [0xA1, 0xB2, 0x3C, 0x4D]: self.init(bigEndian: true, tick: 1, header: 16)
      case [0x34, 0xCD, 0xB2, 0xA1]: self.init(bigEndian: false, tick: 1_000, header: 24)
      case [0xA1, 0xB2, 0xCD, 0x34]: self.init(bigEndian: true, tick: 1_000, header: 24)
      default: return nil
      }
    }

    private init(bigEndian: Bool, tick: Int64, header: Int) {
      (isBigEndian, nanosecondsPerTick, recordHeaderLength) = (bigEndian, tick, header)
    }
  }

  static let headerLength = 24
  /// No record holds more, whatever the snap length says: the limit of libpcap and Wireshark.
  static let maximumCapturedLength = 262_144

  let magic: Magic
  let linkType: LinkType

  /// Reads the file header and leaves the window behind it. Nil if the header is cut.
  init?(_ magic: Magic, in window: inout CaptureWindow) throws(DataError) {
    guard try window.holds(PcapFormat.headerLength) else { return nil }
    self.magic = magic
    // The upper half of the field holds the length of the frame check sequence.
    let field = window.integer32(20, isBigEndian: magic.isBigEndian)
    linkType = LinkType(rawValue: UInt16(truncatingIfNeeded: field))
    window.advance(PcapFormat.headerLength)
  }

  /// The next record, or how the file ended.
  @inline(__always)
  func nextRecord(in window: inout CaptureWindow) throws(DataError) -> RecordStep {
    let header = magic.recordHeaderLength
    guard try window.holds(header) else { return .end(window.endOfFile()) }
    let seconds = window.integer32(0, isBigEndian: magic.isBigEndian)
    let ticks = window.integer32(4, isBigEndian: magic.isBigEndian)
    let captured = Int(window.integer32(8, isBigEndian: magic.isBigEndian))
    let original = window.integer32(12, isBigEndian: magic.isBigEndian)
    guard captured <= PcapFormat.maximumCapturedLength else {
      return .end(window.damaged("no record begins there: it would hold \(captured) bytes"))
    }
    guard try window.holds(header + captured) else { return .end(window.endOfFile()) }
    // Reading may have moved the window.
    let start = window.position + header
    window.advance(header + captured)
    return .record(
      PacketRecord(
        time: Int64(seconds) * 1_000_000_000 + Int64(ticks) * magic.nanosecondsPerTick,
        originalLength: original, linkType: linkType, start: start, capturedLength: captured))
  }
}

extension RawSpan {
  /// The 32-bit integer at `offset` in the byte order of the file. Traps outside: check first.
  @inline(__always)
  func integer32(_ offset: Int, isBigEndian: Bool) -> UInt32 {
    let value = bigEndian32(offset)
    return isBigEndian ? value : value.byteSwapped
  }

  /// The 16-bit integer at `offset` in the byte order of the file. Traps outside: check first.
  @inline(__always)
  func integer16(_ offset: Int, isBigEndian: Bool) -> UInt16 {
    let value = bigEndian16(offset)
    return isBigEndian ? value : value.byteSwapped
  }
}
