import Foundation
import TestSupport

/// Small tables of text for the tool, the same at every run.
enum SmallTables {
  /// A generic table: two features that tell more or less, one that is noise, then the label.
  /// - Parameters:
  ///   - classes: in turn, row by row.
  ///   - gapEvery: every so many rows the first feature is `NaN`; 0 for never.
  static func generic(
    rows: Int, classes: [String] = ["benign", "attack"], gapEvery: Int = 0, seed: UInt64 = 1
  ) -> String {
    var random = Sequence(seed: seed)
    var text = "size,rate,noise,label\n"
    for row in 0..<rows {
      let code = row % classes.count
      let size =
        gapEvery > 0 && row % gapEvery == 0 ? "NaN" : "\(1.3 * random.number() + Double(code))"
      text += "\(size),\(random.number() * 3 + Double(code)),\(random.number()),\(classes[code])\n"
    }
    return text
  }

  /// A table of our own form, whose rows have an identity: four rows in a row are one connection.
  static func flows(rows: Int, seed: UInt64 = 1) throws -> String {
    let header = try ownHeader()
    let featureCount = header.split(separator: ",").count - identityCount
    var random = Sequence(seed: seed)
    var text = header + ",label\n"
    for row in 0..<rows {
      let connection = row / 4
      let code = connection % 2
      let port = 20_000 + connection
      let time = "2024-01-01T\(two(10 + row / 3_600)):\(two(row / 60 % 60)):\(two(row % 60))Z"
      let cells =
        ["f\(row)", "1:\(connection)", "10.0.0.1", "\(port)", "10.0.0.2", "80", "6", time, time]
        + ["week.pcap"]
        + (0..<featureCount).map { _ in "\(random.number() + 0.4 * Double(code))" }
        + [code == 0 ? "benign" : "scan"]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  static let identityCount = 10

  /// The first line of what `extract` writes for a capture of one packet.
  private static func ownHeader() throws -> String {
    let folder = try TemporaryFolder()
    var capture = CaptureBuilder()
    capture.add(SmallCaptures.packet(port: 4_000, flags: Frame.syn), at: 1)
    let path = try folder.file("one.pcap", capture.pcap())
    let output = try Tool.flowmeter(["extract", path, "--quiet"]).output
    return String(output.prefix { $0 != "\n" })
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Numbers from 0 to 1: the upper bits of a linear congruential generator (Knuth, MMIX).
  private struct Sequence {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func number() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
  }
}

/// Small captures for the tool.
enum SmallCaptures {
  static func packet(port: UInt16, flags: UInt8, payload: Int = 0) -> [UInt8] {
    Frame.ethernet(
      0x0800,
      Frame.ipv4(
        "10.0.0.1", "10.0.0.2", protocolNumber: 6,
        Frame.tcp(port, 80, flags: flags, Array(repeating: 65, count: payload))))
  }

  /// `flows` connections of three packets, and an ARP packet.
  static func capture(flows: Int, payload: Int, start: Double = 1_000) -> CaptureBuilder {
    var capture = CaptureBuilder()
    for flow in 0..<flows {
      let port = UInt16(10_000 + flow)
      let time = start + Double(flow) * 0.01
      capture.add(packet(port: port, flags: Frame.syn), at: time)
      capture.add(packet(port: port, flags: Frame.ack, payload: payload + flow % 7), at: time + 0.2)
      capture.add(packet(port: port, flags: Frame.rst), at: time + 0.3)
    }
    capture.add(Frame.ethernet(0x0806, Array(repeating: 0, count: 28)), at: start + 9)
    return capture
  }
}
