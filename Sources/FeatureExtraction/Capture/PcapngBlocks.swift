import FeatureTables

/// The blocks of a pcapng file: sections, interfaces and packets; blocks of other types are
/// stepped over (draft-ietf-opsawg-pcapng, sections 3 and 4).
struct PcapngBlocks: Sendable {
  private var isBigEndian = false
  private var interfaces: [PcapngInterface] = []
  /// Simple packet blocks have no time of their own and take that of the packet before.
  private var lastTime: Int64 = 0

  private enum BlockType {
    static let sectionHeader: UInt32 = 0x0A0D_0D0A
    static let interfaceDescription: UInt32 = 1
    static let packet: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let enhancedPacket: UInt32 = 6
  }

  /// Type and both lengths.
  private static let frameLength = 12
  /// No block that must be in memory is larger: the limit of Wireshark.
  private static let maximumBlockLength = 16 << 20

  /// The next packet, or how the file ended.
  mutating func nextRecord(in window: inout CaptureWindow) throws(DataError) -> RecordStep {
    while true {
      guard try window.holds(PcapngBlocks.frameLength) else { return .end(window.endOfFile()) }
      let type = integer(window, at: 0)
      if type == BlockType.sectionHeader, !beginSection(window) {
        return .end(window.damaged("the section header has no byte-order magic"))
      }
      let length = Int(integer(window, at: 4))
      guard length >= PcapngBlocks.frameLength, length % 4 == 0 else {
        return .end(window.damaged("no block begins there: its length would be \(length)"))
      }
      guard PcapngBlocks.isUsed(type) else {
        let start = window.offset
        guard try window.skip(UInt64(length)) else {
          return .end(window.endOfFile(recordAt: start))
        }
        continue
      }
      guard length <= PcapngBlocks.maximumBlockLength else {
        return .end(window.damaged("no block begins there: its length would be \(length)"))
      }
      guard try window.holds(length) else { return .end(window.endOfFile()) }
      guard integer(window, at: length - 4) == UInt32(length) else {
        return .end(window.damaged("the two lengths of a block differ"))
      }
      if type == BlockType.interfaceDescription {
        guard describeInterface(window, length: length) else {
          return .end(window.damaged("an interface description is too short"))
        }
        window.advance(length)
        continue
      }
      guard let record = packet(type, window, length: length) else {
        return .end(window.damaged("a packet block contradicts itself or names no interface"))
      }
      window.advance(length)
      lastTime = record.time
      return .record(record)
    }
  }

  private static func isUsed(_ type: UInt32) -> Bool {
    switch type {
    case BlockType.interfaceDescription, BlockType.packet, BlockType.simplePacket,
      BlockType.enhancedPacket:
      true
    default: false
    }
  }

  /// Takes over the byte order of the section that begins; the type reads the same in both.
  private mutating func beginSection(_ window: borrowing CaptureWindow) -> Bool {
    switch window.integer32(8, isBigEndian: true) {
    case 0x1A2B_3C4D: isBigEndian = true
    case 0x4D3C_2B1A: isBigEndian = false
    default: return false
    }
    interfaces = []
    return true
  }

  private mutating func describeInterface(
    _ window: borrowing CaptureWindow, length: Int
  ) -> Bool {
    let isBigEndian = isBigEndian
    let interface = window.withBytes(window.position + 8..<window.position + length - 4) {
      PcapngInterface(body: $0, isBigEndian: isBigEndian)
    }
    guard let interface else { return false }
    interfaces.append(interface)
    return true
  }

  private func packet(
    _ type: UInt32, _ window: borrowing CaptureWindow, length: Int
  ) -> PacketRecord? {
    switch type {
    case BlockType.simplePacket: simplePacket(window, length: length)
    case BlockType.packet: timedPacket(window, length: length, isEnhanced: false)
    default: timedPacket(window, length: length, isEnhanced: true)
    }
  }

  private func timedPacket(
    _ window: borrowing CaptureWindow, length: Int, isEnhanced: Bool
  ) -> PacketRecord? {
    let fixedLength = 28
    guard length >= fixedLength + 4 else { return nil }
    // The obsolete block counts drops in the other half of the field.
    let field = integer(window, at: 8)
    let interface = Int(isEnhanced ? field : isBigEndian ? field >> 16 : field & 0xFFFF)
    let captured = Int(integer(window, at: 20))
    guard interface < interfaces.count, captured <= length - fixedLength - 4 else { return nil }
    let ticks = UInt64(integer(window, at: 12)) << 32 | UInt64(integer(window, at: 16))
    let start = window.position + fixedLength
    return PacketRecord(
      time: interfaces[interface].nanoseconds(ticks), originalLength: integer(window, at: 24),
      linkType: interfaces[interface].linkType, start: start,
      capturedLength: captured)
  }

  private func simplePacket(
    _ window: borrowing CaptureWindow, length: Int
  ) -> PacketRecord? {
    guard length >= 16, let interface = interfaces.first else { return nil }
    let original = integer(window, at: 8)
    var captured = min(Int(original), length - 16)
    if interface.snapLength > 0 { captured = min(captured, Int(interface.snapLength)) }
    let start = window.position + 12
    return PacketRecord(
      time: lastTime, originalLength: original, linkType: interface.linkType,
      start: start,
      capturedLength: captured)
  }

  private func integer(_ window: borrowing CaptureWindow, at offset: Int) -> UInt32 {
    window.integer32(offset, isBigEndian: isBigEndian)
  }
}
