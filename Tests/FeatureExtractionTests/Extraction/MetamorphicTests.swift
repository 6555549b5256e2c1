import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// The same packets give the same rows, however they are stored, divided, or worked on.
struct MetamorphicTests {
  /// Captures that differ in link type, protocols and disorder; a bundled one is always there.
  private static let captures: [String] = {
    let names = [
      "containers/12_vlan.pcap",
      "ndpi/tests/cfgs/default/pcap/WebattackSQLinj.pcap",
      "ndpi/tests/cfgs/default/pcap/teams.pcap", "containers/27_time_backwards.pcap",
      "containers/30_ipfrag.pcap", "containers/13_qinq.pcap",
    ]
    let shared = names.map { sharedData.appending(path: "pcap/\($0)").path }
    let bundled = repository.appending(path: "Datasets/bundled/recording-a.pcap").path
    return [bundled] + (sharedDataIsExpected ? shared : [])
  }()

  @Test(arguments: FeatureSets.names)
  func rowsDependOnThePacketsAlone(set: String) throws {
    let folder = try TemporaryFolder()
    for capture in Self.captures {
      let packets = try CaptureBuilder(reading: capture)
      let expected = try rows([capture], set)
      var forms: [String: [String]] = [
        "big endian": [try folder.file("big.pcap", packets.pcap(bigEndian: true))],
        "nanoseconds": [try folder.file("nano.pcap", packets.pcap(nanoseconds: true))],
        "pcapng": [try folder.file("blocks.pcapng", packets.pcapng())],
        "gzip": [try folder.file("capture.gz", Compressed.gzip(packets.pcap()))],
        "zstd": [try folder.file("capture.zst", Compressed.zstd(packets.pcap()))],
      ]
      if packets.isInOrder { forms["parts"] = try parts(of: packets, 5, in: folder) }
      for (name, files) in forms {
        #expect(try rows(files, set) == expected, "\(capture) as \(name)")
      }
    }
  }

  @Test(arguments: FeatureSets.names)
  func threadsChangeNothing(set: String) throws {
    for capture in Self.captures {
      let expected = try rows([capture], set, threads: 1)
      for threads in [2, 4] {
        #expect(try rows([capture], set, threads: threads) == expected, "\(capture)")
      }
    }
  }

  @Test(arguments: FeatureSets.names)
  func shardsAreExactlyTheWhole(set: String) throws {
    for capture in Self.captures {
      let expected = try rows([capture], set)
      for count in [2, 3] {
        var parts: [String] = []
        for index in 0..<count {
          let part = try rows([capture], set, shard: Shard(index: index, count: count))
          // A part keeps the order of the whole.
          #expect(part == expected.filter(Set(part).contains))
          parts += part
        }
        #expect(parts.sorted() == expected.sorted(), "\(capture) in \(count) shards")
      }
    }
  }

  /// Every column but `capture`, as the bytes of a table.
  private func rows(
    _ captures: [String], _ set: String, threads: Int = 1, shard: Shard? = nil
  ) throws -> [String] {
    var options = ExtractionOptions()
    options.featureSet = set
    options.shard = shard
    var rows: [String] = []
    do throws(DataError) {
      _ = try FlowExtraction.extract(
        captures, options: options, parallel: Parallel(threads: threads)
      ) { (row) throws(DataError) in
        let identity = IdentityColumn.allCases.filter { $0 != .capture }.map(row.text)
        rows.append((identity + row.values.map { $0.description }).joined(separator: ","))
      }
    } catch {
      // Sets that repeat a program leave out what that did not read.
      guard error.problem.contains("could be metered: not_in_feature_set") else { throw error }
    }
    return rows
  }

  private func parts(
    of packets: CaptureBuilder, _ count: Int, in folder: TemporaryFolder
  ) throws -> [String] {
    var files: [String] = []
    for index in 0..<count {
      var part = packets
      let total = packets.packets.count
      part.packets = Array(packets.packets[total * index / count..<total * (index + 1) / count])
      files.append(try folder.file("part\(index).pcap", part.pcap()))
    }
    return files.reversed()
  }
}

extension CaptureBuilder {
  /// The packets of a capture of one link type.
  fileprivate init(reading path: String) throws {
    var reader = try CaptureReader(path: path)
    self.init()
    while let record = try reader.next() {
      linkType = record.linkType.rawValue
      let bytes = reader.withBytes(of: record) { span in
        // Safe: bytes have no padding.
        (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
      }
      packets.append(
        Packet(time: record.time, bytes: bytes, originalLength: Int(record.originalLength)))
    }
  }

  /// Whether its parts, ordered by the time of their first packet, keep the order of the packets.
  fileprivate var isInOrder: Bool {
    zip(packets, packets.dropFirst()).allSatisfy { $0.time <= $1.time }
  }
}
