import FeatureExtraction
import Foundation
import TestSupport
import Testing

/// What PacketStreamer writes.
struct PacketStreamerTests {
  @Test(arguments: [1, 2, 4, 100])
  func sensorFilesAreRead(recordsPerFrame: Int) throws {
    let folder = try TemporaryFolder()
    let file = sample().sensorFile(recordsPerFrame: recordsPerFrame)
    let path = try folder.file("sensor.bin", file)
    let (packets, ending) = try readAll(path)
    #expect(packets == expected(sample()))
    #expect(ending?.state == .complete)
    #expect(try CaptureDescription(path: path).container == .packetStreamerSensor)
    #expect(CaptureContainer.packetStreamerSensor.rawValue == "packetstreamer_sensor")
    #expect(try readAll(Compressed.zstd(file)).packets == expected(sample()))
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func framesAreDecompressed(seed: UInt64) throws {
    var builder = CaptureBuilder()
    for index in 0..<500 {
      builder.add(
        Frame.ethernet(0x0800, [UInt8](repeating: UInt8(index & 7), count: index * 3)),
        at: Double(index))
    }
    let file = builder.sensorFile(recordsPerFrame: 50) { S2Encoder(seed: seed).block($0) }
    let (packets, ending) = try readAll(file)
    #expect(ending?.state == .complete)
    #expect(packets == expected(builder))
    #expect(seed > 0 || file.count < builder.pcap().count / 2)
  }

  /// A file is not truncated when a sensor starts anew: half a frame of before may follow.
  @Test func sensorFilesEndAtAStaleTail() throws {
    let file = sample().sensorFile(recordsPerFrame: 3)
    for tail in [[0x9A, 0x9A], [UInt8](repeating: 0x9A, count: 300)] {
      let (packets, ending) = try readAll(file + tail)
      #expect(packets == expected(sample()))
      #expect(ending?.state == .damaged)
      #expect(ending?.reason?.contains("the frame at byte \(file.count) ") == true)
    }
  }

  /// Of a frame that is cut or changed, the records before are read.
  @Test func framesThatAreNotWholeGiveWhatTheyHave() throws {
    let file = sample().sensorFile(recordsPerFrame: 9)
    let (packets, ending) = try readAll(Array(file.dropLast(1)))
    #expect(packets == Array(expected(sample()).dropLast()))
    #expect(ending?.reason == "the frame at byte 24 is cut")
    var changed = file
    // The block says that it is one byte longer.
    changed[32] += 1
    #expect(try readAll(changed).packets == expected(sample()))
    #expect(try readAll(changed).ending?.reason == "the frame at byte 24 is no sound S2 block")
  }

  @Test func kafkaStreamsAreRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("values.bin", sample().kafkaStream())
    #expect(try readAll(path).packets == expected(sample()))
    #expect(try CaptureDescription(path: path).container == .packetStreamerKafka)
    #expect(CaptureContainer.packetStreamerKafka.rawValue == "packetstreamer_kafka")
    #expect(CaptureDescription.isCapture(firstBytes: [0xDE, 0xEF, 0xEC, 0xE0]))
  }

  /// The magic again, between any two bytes.
  @Test func seamsAreClosed() throws {
    let builder = sample(count: 4)
    for seam in 0...builder.pcap().count - 24 {
      let (packets, ending) = try readAll(builder.kafkaStream(seams: [seam]))
      #expect(packets == expected(builder), "seam at \(seam)")
      #expect(ending?.state == .complete)
    }
    var longer = CaptureBuilder()
    for index in 0..<50 { longer.add(Array(repeating: 5, count: 100), at: Double(index)) }
    let often = Array(stride(from: 70, to: longer.pcap().count - 24, by: 140))
    #expect(try readAll(longer.kafkaStream(seams: often)).packets == expected(longer))
  }

  /// A packet that holds the magic itself keeps it.
  @Test func packetsMayHoldTheMagic() throws {
    let magic = CaptureBuilder.packetStreamerMagic
    var builder = CaptureBuilder()
    builder.add([1, 2] + magic + [3], at: 1_000)
    builder.add(magic + magic, at: 1_001)
    builder.add([9, 9, 9], at: 1_002)
    #expect(try readAll(builder.kafkaStream()).packets == expected(builder))
    #expect(try readAll(builder.kafkaStream(seams: [20, 50])).packets == expected(builder))
  }

  @Test func kafkaStreamsEndAtDamage() throws {
    let stream = sample().kafkaStream()
    let (packets, ending) = try readAll(stream + [UInt8](repeating: 0x9A, count: 300))
    #expect(packets == expected(sample()))
    #expect(ending?.state == .damaged && ending?.byte == UInt64(stream.count))
  }

  /// An object of a bucket without a packet, and one with snap length 0.
  @Test func objectsMayBeEmptyAndSayNoSnapLength() throws {
    var file = sample().pcap()
    file.replaceSubrange(16..<20, with: [0, 0, 0, 0])
    #expect(try readAll(file).packets == expected(sample()))
    let empty = try readAll(Array(file.prefix(24)))
    #expect(empty.packets.isEmpty && empty.ending?.state == .complete)
  }

  /// Files of the program itself: its own stale tail, and 103 repeated offsets in one block.
  @Test(.enabled(if: sharedDataIsExpected))
  func filesOfTheProgram() throws {
    let folder = sharedData.appending(path: "pcap/packetstreamer")
    let stale = try readAll(folder.appending(path: "out_file.pcap").path)
    #expect(stale.packets.count == 12 && stale.ending?.byte == 1_738)
    #expect(try readAll(folder.appending(path: "out_stdout.pcap").path).packets.count == 63)
    let sensor = try readAll(folder.appending(path: "out_sensorfile.bin").path)
    #expect(sensor.packets.count == 60 && sensor.ending?.state == .complete)
    for packet in sensor.packets { #expect(headerChecksum(packet.bytes[14..<34]) == 0xFFFF) }
  }

  /// The sum of 16-bit words with carries (RFC 1071), which is all ones over a sound header.
  private func headerChecksum(_ header: ArraySlice<UInt8>) -> UInt32 {
    var sum: UInt32 = 0
    for (index, byte) in header.enumerated() {
      sum += index % 2 == 0 ? UInt32(byte) << 8 : UInt32(byte)
    }
    while sum > 0xFFFF { sum = sum >> 16 + sum & 0xFFFF }
    return sum
  }
}
