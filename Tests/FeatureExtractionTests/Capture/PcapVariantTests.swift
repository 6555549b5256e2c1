import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// Classic captures of patched and old versions of libpcap.
struct PcapVariantTests {
  /// A classic capture with other headers.
  private func file(
    _ builder: CaptureBuilder, magic: UInt32 = 0xA1B2_C3D4, version: (UInt16, UInt16) = (2, 4),
    linkType: UInt32 = 1, headerLength: Int = 16, swapped: Bool = false, nanoseconds: Bool = false,
    bigEndian: Bool = false
  ) -> [UInt8] {
    var file = ByteBuilder(bigEndian: bigEndian)
    file.add32(magic)
    file.add16(version.0)
    file.add16(version.1)
    for field: UInt32 in [0, 0, 65_535, linkType] { file.add32(field) }
    for packet in builder.packets {
      let lengths = [packet.bytes.count, packet.originalLength ?? packet.bytes.count]
      file.add32(UInt32(packet.time / 1_000_000_000))
      file.add32(UInt32(packet.time % 1_000_000_000 / (nanoseconds ? 1 : 1_000)))
      for length in swapped ? lengths.reversed() : lengths { file.add32(UInt32(length)) }
      // The index of the interface, the protocol and the kind of packet, as patched versions add.
      file.bytes += [2, 0, 0, 0, 8, 0, 4, 0, 0, 0, 0, 0].prefix(headerLength - 16)
      file.bytes += packet.bytes
    }
    return file.bytes
  }

  /// 24 bytes of Red Hat 6.1 and 20 of Nokia under the usual magic; 24 and, with SuSE 6.3, 28 under
  /// that of Alexey Kuznetzov.
  @Test(
    arguments: [
      (0xA1B2_C3D4, 16), (0xA1B2_C3D4, 24), (0xA1B2_C3D4, 20), (0xA1B2_CD34, 24), (0xA1B2_CD34, 28),
    ] as [(UInt32, Int)], [false, true])
  func longRecordHeaders(form: (magic: UInt32, length: Int), bigEndian: Bool) throws {
    let bytes = file(
      sample(), magic: form.magic, headerLength: form.length, bigEndian: bigEndian)
    let (packets, ending) = try readAll(bytes)
    #expect(packets == expected(sample()))
    #expect(ending?.state == .complete)
  }

  /// Before version 2.3, in some files of 2.3, and in 543.0, the captured length comes second.
  @Test(arguments: [(2, 2), (2, 1), (2, 3), (543, 0)] as [(UInt16, UInt16)], [false, true])
  func lengthsInEitherOrder(version: (UInt16, UInt16), swapped: Bool) throws {
    let bytes = file(sample(), version: version, swapped: swapped)
    #expect(try readAll(bytes).packets == expected(sample()))
  }

  /// AIX: version 2.2, types of interfaces instead of link types, and nanoseconds.
  @Test(arguments: [(6, "ethernet"), (24, "null"), (9, "token_ring"), (15, "fddi")])
  func interfacesOfAIX(interface: UInt32, name: String) throws {
    let folder = try TemporaryFolder()
    let bytes = file(
      sample(), version: (2, 2), linkType: interface, nanoseconds: true, bigEndian: true)
    #expect(try readAll(bytes).packets == expected(sample()))
    #expect(try CaptureDescription(path: folder.file("aix", bytes)).linkType == name)
  }

  /// The upper half of the link type says how long the frame check sequence is.
  @Test func frameCheckSequenceIsNoLinkType() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("fcs", file(sample(), linkType: 0x2400_0001))
    #expect(try CaptureDescription(path: path).linkType == "ethernet")
  }

  /// Fractions beyond a second are carried, as other readers do.
  @Test func fractionsBeyondASecond() throws {
    var bytes = sample(count: 2).pcap()
    bytes.replaceSubrange(28..<32, with: [0x80, 0x84, 0x1E, 0])
    #expect(try readAll(bytes).packets[0].time == 1_500_000_002_000_000_000)
  }

  @Test(arguments: [
    ("empty", [] as [UInt8], "is empty"),
    ("text", Array("not a capture at all".utf8), "is not a packet capture"),
    ("short", [0xD4, 0xC3, 0xB2, 0xA1, 2, 0], "is cut inside the file header of a pcap capture"),
    ("snoop", Array("snoop\0\0\0\0\0\0\u{2}".utf8), "is a capture of Sun's snoop"),
    ("netmon", Array("GMBU\u{3}".utf8), "is a capture of Microsoft Network Monitor"),
    ("sniffer", Array("TRSNIFF data    \u{1a}".utf8), "is a capture of the DOS Sniffer"),
    ("bzip2", Array("BZh91AY&SY".utf8), "is compressed with bzip2"),
    ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4], "is compressed with xz"),
    ("lz4", [0x04, 0x22, 0x4D, 0x18, 0x64], "is compressed with lz4"),
    ("zip", [0x50, 0x4B, 3, 4, 20, 0], "is a zip archive"),
  ])
  func whatIsNoCaptureIsRefused(name: String, bytes: [UInt8], problem: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(name, bytes)
    let error = #expect(throws: DataError.self) { _ = try CaptureDescription(path: path) }
    #expect(error?.problem == problem)
    #expect(error?.file == path)
    #expect(error?.exitCode == 65)
    #expect(error?.remedy.isEmpty == false)
  }
}
