import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// Captures under gzip and zstd.
struct CompressedCaptureTests {
  @Test func everyContainerMayBeCompressed() throws {
    let builder = sample()
    let files = [
      builder.pcap(), builder.pcapng(), builder.kafkaStream(), builder.sensorFile(),
    ]
    for file in files {
      for stored in [Compressed.gzip(file, blockSize: 50), Compressed.zstd(file, blockSize: 50)] {
        let (packets, ending) = try readAll(stored)
        #expect(packets == expected(builder))
        #expect(ending?.state == .complete)
      }
    }
  }

  /// Of a stream that is damaged in the middle, every packet before the damage is read.
  @Test func damageIsSaidWithItsPlace() throws {
    let builder = sample(count: 40)
    let file = builder.pcap()
    var stored = Compressed.zstd(file, blockSize: 100)
    // A type that does not exist for the eleventh block, behind a frame header of 6 bytes.
    let damage = 6 + 10 * 103
    stored[damage] = 0xFE
    let (packets, ending) = try readAll(stored)
    let whole = (0...40).last {
      CaptureBuilder(Array(builder.packets.prefix($0))).pcap().count <= 1_000
    }
    #expect(packets == Array(expected(builder).prefix(whole ?? 0)))
    #expect(ending?.state == .damaged)
    #expect(ending?.byte.map { $0 <= 1_000 && $0 > 900 } == true)
    let byte = ending?.reason?.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }.first
    #expect(byte.map { abs($0 - damage) <= 3 } == true, "\(ending?.reason ?? "")")
  }

  /// The digest is that of the stored file, whole, where decompression ends early too.
  @Test func digestIsThatOfTheStoredFile() throws {
    let folder = try TemporaryFolder()
    let good = Compressed.gzip(sample().pcap())
    for stored in [good, Array(good.dropLast(20)), good + [1, 2, 3], sample().pcap() + [9]] {
      let path = try folder.file("a", stored)
      var reader = try CaptureReader(path: path, digesting: true)
      while try reader.next() != nil {}
      #expect(try reader.storedDigest() == Digest.hexadecimal(stored))
      var other = try CaptureReader(path: path)
      #expect(try other.storedDigest() == nil)
    }
  }

  /// A compressed capture that is cut keeps what came out before, and says that it is cut.
  @Test(.enabled(if: sharedDataIsExpected))
  func cutGzipKeepsItsPackets() throws {
    let original = sharedData.appending(path: "pcap/community-id/pcaps/combined.pcap.gz")
    let bytes = try [UInt8](Data(contentsOf: original))
    let (whole, ending) = try readAll(original.path)
    #expect(whole.count == 68 && ending?.state == .complete)
    let (packets, cut) = try readAll(Array(bytes.prefix(bytes.count / 2)))
    #expect(!packets.isEmpty && packets.count < 68)
    #expect(packets == Array(whole.prefix(packets.count)))
    #expect(cut?.state == .damaged)
    #expect(cut?.reason?.contains("at stored byte \(bytes.count / 2)") == true)
  }
}
