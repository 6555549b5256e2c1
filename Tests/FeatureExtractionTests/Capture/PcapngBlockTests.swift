import FeatureExtraction
import TestSupport
import Testing

/// Blocks of pcapng made one by one.
struct PcapngBlockTests {
  /// A section with interfaces of these link types, and an option each.
  private func section(
    bigEndian: Bool, _ interfaces: [(linkType: UInt16, option: [UInt8])] = [(1, [])],
    version: UInt16 = 1
  ) -> ByteBuilder {
    var file = ByteBuilder(bigEndian: bigEndian)
    file.addBlock(0x0A0D_0D0A) { body in
      body.add32(0x1A2B_3C4D)
      body.add16(version)
      body.add16(2)
      body.add64(UInt64.max)
    }
    for interface in interfaces {
      file.addBlock(1) { body in
        body.add16(interface.linkType)
        body.add16(0)
        body.add32(6)
        body.bytes += interface.option
      }
    }
    return file
  }

  private func addPacket(
    _ type: UInt32, to file: inout ByteBuilder, interface: UInt32, ticks: UInt64, _ bytes: [UInt8]
  ) {
    file.addBlock(type) { body in
      if type == 2 {
        // The obsolete block: half a word for the interface, the other for drops.
        body.add16(UInt16(interface))
        body.add16(7)
      } else {
        body.add32(interface)
      }
      body.add32(UInt32(ticks >> 32))
      body.add32(UInt32(truncatingIfNeeded: ticks))
      body.add32(UInt32(bytes.count))
      body.add32(UInt32(bytes.count + 1))
      body.bytes += bytes + Array(repeating: 0, count: (4 - bytes.count % 4) % 4)
      // An option behind the packet: a comment.
      body.add16(1)
      body.add16(3)
      body.bytes += [65, 66, 67, 0]
      body.add32(0)
    }
  }

  @Test(arguments: [2, 6] as [UInt32], [false, true])
  func packetBlocksOfBothKinds(type: UInt32, bigEndian: Bool) throws {
    var file = section(bigEndian: bigEndian, [(1, []), (101, [])])
    addPacket(type, to: &file, interface: 1, ticks: 5_000_001, [1, 2, 3])
    addPacket(type, to: &file, interface: 0, ticks: 5_000_002, [4, 5, 6, 7])
    let (packets, ending) = try readAll(file.bytes)
    #expect(
      packets == [
        ReadPacket(time: 5_000_001_000, originalLength: 4, bytes: [1, 2, 3]),
        ReadPacket(time: 5_000_002_000, originalLength: 5, bytes: [4, 5, 6, 7]),
      ])
    #expect(ending?.state == .complete)
    var reader = try CaptureReader(name: "a", bytes: file.bytes)
    while try reader.next() != nil {}
    #expect(reader.account.linkTypes == [.raw, .ethernet])
  }

  /// Simple packets have no length of their own, no time, and end at the snap length of 6.
  @Test func simplePackets() throws {
    var file = section(bigEndian: true)
    addPacket(6, to: &file, interface: 0, ticks: 77, [9])
    for original: UInt32 in [3, 9] {
      file.addBlock(3) { body in
        body.add32(original)
        body.bytes += [1, 2, 3, 4, 5, 6, 7, 8]
      }
    }
    #expect(
      try readAll(file.bytes).packets.dropFirst() == [
        ReadPacket(time: 77_000, originalLength: 3, bytes: [1, 2, 3]),
        ReadPacket(time: 77_000, originalLength: 9, bytes: [1, 2, 3, 4, 5, 6]),
      ])
  }

  /// Codes of `if_tsresol`: powers of ten, or of two with the highest bit; ticks of 1 and a lot.
  @Test(
    arguments: [
      (0, 3, 3_000_000_000), (3, 1_001, 1_001_000_000), (6, 1_000_001, 1_000_001_000),
      (7, 10_000_009, 1_000_000_900), (9, 1_234, 1_234), (12, 1_999, 1), (0x80, 2, 2_000_000_000),
      (0x81, 3, 1_500_000_000), (0x8A, 1_025, 1_000_976_562), (0xA0, 1 << 33, 2_000_000_000),
      (0xFF, .max, 0), (127, .max, 0), (0, .max, (1 << 62) - 1),
    ] as [(UInt8, UInt64, Int64)])
  func resolutions(code: UInt8, ticks: UInt64, nanoseconds: Int64) throws {
    var file = section(bigEndian: false, [(1, [9, 0, 1, 0, code, 0, 0, 0])])
    addPacket(6, to: &file, interface: 0, ticks: ticks, [1])
    #expect(try readAll(file.bytes).packets.first?.time == nanoseconds)
  }

  @Test(arguments: [(100, 100_000_000_005), (-1, -999_999_995), (.max, (1 << 62) - 1)])
  func offsets(seconds: Int64, nanoseconds: Int64) throws {
    var option = ByteBuilder(bigEndian: true)
    option.bytes = [0, 9, 0, 1, 9, 0, 0, 0, 0, 14, 0, 8]
    option.add64(UInt64(bitPattern: seconds))
    var file = section(bigEndian: true, [(1, option.bytes)])
    addPacket(6, to: &file, interface: 0, ticks: 5, [1])
    #expect(try readAll(file.bytes).packets.first?.time == nanoseconds)
  }

  /// Names, statistics, secrets, journals, custom blocks and unknown ones.
  @Test func otherBlocksAreSteppedOver() throws {
    var file = section(bigEndian: false)
    for type: UInt32 in [4, 5, 9, 10, 0xBAD, 0x4000_0BAD, 0x8000_0001, 7, 8] {
      file.addBlock(type) { $0.bytes += [UInt8](repeating: 6, count: 400) }
      addPacket(6, to: &file, interface: 0, ticks: 5, [UInt8(type & 255)])
    }
    #expect(
      try readAll(file.bytes).packets.map(\.bytes) == [
        [4], [5], [9], [10], [173], [173], [1], [7], [8],
      ])
  }

  /// A section has interfaces of its own.
  @Test func sectionsStartAnew() throws {
    var file = section(bigEndian: true, [(1, []), (101, [])])
    addPacket(6, to: &file, interface: 1, ticks: 1, [1])
    var second = section(bigEndian: false)
    addPacket(6, to: &second, interface: 0, ticks: 2, [2])
    addPacket(6, to: &second, interface: 1, ticks: 3, [3])
    let (packets, ending) = try readAll(file.bytes + second.bytes)
    #expect(packets.map(\.bytes) == [[1], [2]])
    #expect(ending?.reason == "a packet block contradicts itself or names no interface")
  }

  @Test func damagedBlocksEndTheCapture() throws {
    var file = section(bigEndian: false)
    addPacket(6, to: &file, interface: 0, ticks: 1, [1])
    let whole = file.bytes
    let newer = section(bigEndian: false, version: 2)
    let tails: [(bytes: [UInt8], reason: String)] = [
      (newer.bytes, "a section of version 2 begins there; 1 is read"),
      (
        [0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 1, 2, 3, 4, 1, 0, 0, 0],
        "the section header has no byte-order magic"
      ),
      ([6, 0, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0], "no block begins there: its length would be 13"),
      ([6, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0], "no block begins there: its length would be 8"),
      ([1, 0, 0, 0, 12, 0, 0, 0, 12, 0, 0, 0], "an interface description is too short"),
      ([6, 0, 0, 0, 12, 0, 0, 0, 16, 0, 0, 0], "the two lengths of a block differ"),
      ([5, 0, 0, 0, 12, 0, 0, 0, 16, 0, 0, 0], "the two lengths of a block differ"),
      (
        [3, 0, 0, 0, 12, 0, 0, 0, 12, 0, 0, 0],
        "a packet block contradicts itself or names no interface"
      ),
    ]
    for (bytes, reason) in tails {
      let (packets, ending) = try readAll(whole + bytes)
      #expect(packets.count == 1)
      #expect(ending?.reason == reason)
      #expect(ending?.byte == UInt64(whole.count), "\(reason)")
    }
  }
}
