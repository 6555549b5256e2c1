import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// Several captures as one stream.
struct CaptureQueueTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func capture(_ name: String, at seconds: Double?) throws -> String {
    var builder = CaptureBuilder()
    if let seconds { builder.add([1, 2, 3], at: seconds) }
    return try folder.file(name, builder.pcap())
  }

  private func order(_ paths: [String]) throws -> [String] {
    var queue = try CaptureQueue(paths, digesting: false)
    var names: [String] = []
    while var reader = try queue.next() {
      names.append((reader.name as NSString).lastPathComponent)
      while try reader.next() != nil {}
    }
    return names
  }

  /// By the first packet; equal times as given, files named twice twice, empty captures last.
  @Test func firstPacketsGiveTheOrder() throws {
    let paths = try [
      capture("c", at: 30), capture("empty", at: nil), capture("b", at: 20),
      capture("b2", at: 20), capture("a", at: 10),
    ]
    #expect(try order(paths + [paths[2]]) == ["a", "b", "b2", "b", "c", "empty"])
    #expect(try order([paths[1]]) == ["empty"])
    #expect(try order([]) == [])
  }

  /// The first packet may be larger than what is read for a look.
  @Test func largeFirstPackets() throws {
    var builder = CaptureBuilder()
    builder.add([UInt8](repeating: 1, count: 200_000), at: 5)
    let large = try folder.file("large", Compressed.zstd(builder.pcap()))
    #expect(try order([capture("later", at: 6), large]) == ["large", "later"])
  }

  @Test func descriptorsDoNotPileUp() throws {
    let bytes = CaptureBuilder([.init(time: 1_000, bytes: [1])]).pcap()
    let paths = try (0..<10_000).map { try folder.file("\($0 % 300)", bytes.isEmpty ? [] : bytes) }
    let before = try openDescriptors()
    var queue = try CaptureQueue(paths, digesting: true)
    #expect(try openDescriptors() <= before + 20)
    var count = 0
    while var reader = try queue.next() {
      while try reader.next() != nil { count += 1 }
    }
    #expect(count == 10_000)
    #expect(try openDescriptors() <= before + 20)
  }

  /// Other tests of this process have files open at the same time, some of them.
  private func openDescriptors() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
      .count { name in
        let target = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/self/fd/\(name)")
        return target?.hasPrefix(folder.url.path) == true
      }
  }

  /// A pipe is read once, in its place among files.
  @Test func pipesAndFiles() throws {
    let pipe = folder.path("pipe")
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    var builder = CaptureBuilder()
    for index in 0..<3_000 {
      builder.add([UInt8](repeating: 7, count: 100), at: 15 + Double(index))
    }
    let bytes = builder.pcap()
    let writer = Thread { FileHandle(forWritingAtPath: pipe)?.write(Data(bytes)) }
    writer.start()
    var queue = try CaptureQueue(
      [capture("b", at: 20), pipe, capture("a", at: 10)], digesting: true)
    var counts: [Int] = []
    while var reader = try queue.next() {
      while try reader.next() != nil {}
      counts.append(reader.account.packets)
      if reader.name == pipe { #expect(try reader.storedDigest() == Digest.hexadecimal(bytes)) }
    }
    #expect(counts == [1, 3_000, 1])
  }

  @Test func pipesAreNamedOnce() throws {
    let file = try capture("a", at: 1)
    let error = #expect(throws: DataError.self) {
      _ = try CaptureQueue(["-", file, "-"], digesting: false)
    }
    #expect(error?.exitCode == 64 && error?.file == "-")
  }

  /// Standard input beside files, through the tool.
  @Test func standardInputAndFiles() throws {
    let later = try folder.file("later.pcap", traffic(at: 2_000))
    try folder.file("first.pcap", traffic(at: 1_000))
    let result = try Tool.shell(
      "flowmeter extract \(later) - --json -o flows.csv --label x < first.pcap", in: folder.url)
    #expect(result.status == 0, "\(result.errors)")
    let names = result.output.split(separator: "\"file\"").dropFirst()
      .map { $0.contains("later.pcap") ? "later" : "input" }
    #expect(names == ["input", "later"], "\(result.output)")
  }

  private func traffic(at seconds: Double) -> [UInt8] {
    var builder = CaptureBuilder()
    let datagram = Frame.ipv4(
      "10.0.0.1", "10.0.0.2", protocolNumber: 17, Frame.udp(1_000, 53, [1, 2, 3]))
    builder.add(Frame.ethernet(0x0800, datagram), at: seconds)
    return builder.pcap()
  }
}
