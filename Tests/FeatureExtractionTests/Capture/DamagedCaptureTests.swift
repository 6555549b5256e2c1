import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// Captures that are cut, changed, or lie about their sizes.
struct DamagedCaptureTests {
  /// A form of a capture.
  struct Form: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (CaptureBuilder) -> [UInt8]
    /// Whether records lie in the file as they are, so that a cut between them is the end.
    var isPlain = true
  }

  static let forms: [Form] = [
    Form(testDescription: "pcap", make: { $0.pcap() }),
    Form(testDescription: "pcap, big endian", make: { $0.pcap(bigEndian: true) }),
    Form(testDescription: "pcap, nanoseconds", make: { $0.pcap(nanoseconds: true) }),
    Form(testDescription: "pcapng", make: { $0.pcapng() }),
    Form(testDescription: "pcapng, big endian", make: { $0.pcapng(bigEndian: true) }),
    Form(testDescription: "Kafka stream", make: { $0.kafkaStream() }),
    Form(
      testDescription: "Kafka stream with seams", make: { $0.kafkaStream(seams: [3, 33]) },
      isPlain: false),
    Form(testDescription: "sensor", make: { $0.sensorFile(recordsPerFrame: 2) }, isPlain: false),
    Form(
      testDescription: "gzip", make: { Compressed.gzip($0.pcap(), blockSize: 30) },
      isPlain: false),
    Form(
      testDescription: "zstd", make: { Compressed.zstd($0.pcapng(), blockSize: 30) },
      isPlain: false),
  ]

  /// Never a crash, and every packet before the cut; a capture that is longer never gives fewer.
  @Test(arguments: forms)
  func everyTruncationKeepsTheWholePackets(form: Form) throws {
    let builder = sample(count: 5)
    let file = form.make(builder)
    let wanted = expected(builder)
    let ends = (0...5).map {
      form.make(CaptureBuilder(Array(builder.packets.prefix($0)))).count
    }
    var most = 0
    for length in 0..<file.count {
      do {
        let (packets, ending) = try readAll(Array(file[..<length]))
        #expect(packets == Array(wanted.prefix(packets.count)))
        #expect(packets.count >= most, "cut at \(length)")
        most = packets.count
        if form.isPlain { #expect(packets.count == max(0, ends.count { $0 <= length } - 1)) }
        switch ending?.state {
        case .complete:
          // In pcapng there is a block of 16 bytes in front of each packet.
          let isEnd = ends.contains(length) || ends.contains(length - 16)
          #expect(!form.isPlain || isEnd || length < ends[0])
        case .cut, .damaged: #expect(ending?.byte != nil && ending?.reason != nil)
        default: Issue.record("cut at \(length), ended \(String(describing: ending))")
        }
      } catch let error as DataError {
        // Too little to say what it is, or a cut header.
        #expect(length <= 60 && most == 0 && error.exitCode == 65 && !error.remedy.isEmpty)
      }
    }
    // Only the end of the compressed stream may be missing.
    #expect(most >= 4)
    #expect(try readAll(file).ending?.state == .complete)
  }

  @Test func staleTailEndsTheCapture() throws {
    let builder = sample()
    let file = builder.pcap()
    let (packets, ending) = try readAll(file + [UInt8](repeating: 0x9A, count: 300))
    #expect(packets == expected(builder))
    #expect(ending?.state == .damaged)
    #expect(ending?.byte == UInt64(file.count))
    #expect(ending?.reason == "no record begins there: it would hold 2593823386 bytes")
  }

  /// Empty packets at the begin of 1970 are read, but not a page full of them.
  @Test func zerosAreNoPackets() throws {
    let file = sample().pcap()
    let (packets, ending) = try readAll(file + [UInt8](repeating: 0, count: 5_000))
    #expect(packets == expected(sample()))
    #expect(ending?.byte == UInt64(file.count))
    #expect(ending?.reason == "no record begins there: there are only zeros")
    #expect(try readAll(file + [UInt8](repeating: 0, count: 320)).packets.count == 9 + 20)
  }

  @Test(arguments: forms, 0..<40 as Range<UInt64>)
  func changedBytesNeverTrap(form: Form, seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = RandomGenerator(seed: seed)
    var file = form.make(sample())
    for _ in 0..<1 + random.below(6) {
      file[8 + random.below(file.count - 8)] = UInt8(random.below(256))
    }
    _ = try? readAll(file)
    _ = try? FlowExtraction.table([try folder.file("damaged", file)])
  }

  @Test func lengthsThatLieAreNotBelieved() throws {
    var pcap = sample(count: 2).pcap()
    pcap.replaceSubrange(32..<36, with: [0xF0, 0xFF, 0xFF, 0xFF])
    #expect(try readAll(pcap).ending?.state == .damaged)
    // A block of a packet, and one that is stepped over.
    for type: UInt32 in [6, 0x0BAD] {
      var block = ByteBuilder(bigEndian: false)
      block.add32(type)
      block.add32(0xFFFF_FFF0)
      let (packets, ending) = try readAll(sample(count: 2).pcapng() + block.bytes + [0, 0, 0, 0])
      #expect(packets.count == 2)
      #expect(ending?.state == (type == 6 ? .damaged : .cut))
    }
    // The largest block that is believed, of which nothing is there.
    var block = ByteBuilder(bigEndian: false)
    block.add32(6)
    block.add32(16 << 20)
    #expect(try readAll(sample(count: 2).pcapng() + block.bytes).ending?.state == .cut)
  }

  /// Inputs that unfold or claim gigabytes, read by the tool in 600 MB of address space, of which
  /// it takes half in any case.
  @Test func memoryIsBounded() throws {
    let folder = try TemporaryFolder()
    var block = ByteBuilder(bigEndian: false)
    block.add32(0x0BAD)
    block.add32(0xFFFF_FFF0)
    let pcapng = sample(count: 2).pcapng() + block.bytes
    var frame = ByteBuilder(bigEndian: false)
    frame.bytes = CaptureBuilder.packetStreamerMagic
    frame.add32(0xFFFF_FFF0)
    let inputs: [(name: String, bytes: [UInt8], packets: Int)] = [
      ("zstd", Compressed.zstd(pcapng) + Compressed.zstdBomb(0, count: 12_000), 2),
      ("gzip", Compressed.gzip(pcapng) + Compressed.gzipBomb(count: 400_000), 2),
      ("window", Compressed.zstd(pcapng, windowExponent: 17), 2),
      ("frame", sample(count: 2).sensorFile() + frame.bytes + [1, 2, 3], 2),
      ("block", pcapng, 2),
    ]
    for (name, bytes, packets) in inputs {
      try folder.file(name, bytes)
      let result = try Tool.shell(
        "export SWIFT_BACKTRACE=enable=no; ulimit -v 600000; flowmeter inspect \(name)",
        in: folder.url)
      #expect(result.status == 0, "\(name): \(result.errors)")
      #expect(result.output.contains("packets: \(packets) "), "\(name): \(result.output)")
    }
  }
}
