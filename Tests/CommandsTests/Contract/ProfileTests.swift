import Foundation
import TestSupport
import Testing

/// `profile`: from tables and captures, as text, JSON and files.
struct ProfileTests {
  private let folder: TemporaryFolder
  private let table: String

  init() throws {
    folder = try TemporaryFolder()
    table = try folder.file(
      "flows.csv",
      SmallTables.generic(rows: 240, classes: ["benign", "scan", "flood"], gapEvery: 40))
  }

  private func profile(_ options: [String]) throws -> ToolResult {
    try Tool.flowmeter(["profile"] + options)
  }

  @Test func theFeatureThatTellsBestComesFirst() throws {
    let result = try profile([table])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("Profiles: 240 rows of 3 classes, 3 features"))
    #expect(!result.output.contains("\u{1B}"), "no color in a pipe")
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let noise = try #require(result.output.range(of: "3. noise"))
    let size = try #require(result.output.range(of: "size"))
    #expect(size.lowerBound < noise.lowerBound)
  }

  @Test func jsonCountsEveryRow() throws {
    let json = try profile([table, "--json", "--feature", "size"]).json()
    #expect(json.number("rows") == 240)
    let feature = try #require(json.objects("features").first)
    #expect(json.objects("features").count == 1 && feature.text("feature") == "size")
    for one in feature.objects("classes") {
      #expect(one.number("rows") == 80 && one.number("missing") == 2)
    }
    #expect(feature.objects("contrasts").compactMap { $0.text("class") } == ["flood", "scan"])
    #expect(
      try profile([table, "--json", "--threads", "1"]).output
        == profile([table, "--json", "--threads", "3"]).output)
  }

  @Test func filesGoIntoAFolder() throws {
    let report = folder.path("report")
    let result = try profile([table, "--report", report, "--top", "1"])
    #expect(result.status == 0, "\(result.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: report).sorted()
    #expect(names == ["figures", "profile.html", "profile.json", "profile.md"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: report + "/figures").count == 1)
  }

  /// The four figures that FlowMeter published, by one command, from captures.
  @Test func publishedFiguresFromCaptures() throws {
    let benign = try folder.file("a.pcap", SmallCaptures.capture(flows: 30, payload: 50).pcap())
    let malicious = try folder.file("b.pcap", SmallCaptures.capture(flows: 30, payload: 5).pcap())
    let sets = [
      "flowmeter": [
        "forward_packet_size_maximum", "forward_packet_size_total",
        "forward_interarrival_time_mean", "backward_interarrival_time_mean",
      ],
      "flowmeter2": [
        "forward_length_maximum", "forward_byte_total", "forward_gap_mean", "backward_gap_mean",
      ],
      "cic": [
        "forward_packet_length_maximum", "forward_packet_length_total",
        "forward_interarrival_time_mean", "backward_interarrival_time_mean",
      ],
    ]
    for (set, expected) in sets {
      let result = try profile([
        "--benign", benign, "--malicious", malicious, "--published", "--features", set, "--json",
      ])
      #expect(result.status == 0, "\(result.errors)")
      let names = try result.json().objects("features").compactMap { $0.text("feature") }
      #expect(names == expected)
    }
  }

  @Test func wrongCallsAreToldWhy() throws {
    let unknown = try profile([table, "--feature", "speed"])
    #expect(unknown.status == 64 && unknown.errors.contains("'speed'"))
    #expect(unknown.errors.contains("size, rate, noise"))
    #expect(try profile([table, "--published"]).status == 64)
    #expect(try profile([table, "--png"]).status == 64)
    #expect(try profile([table, "--published", "--feature", "size"]).status == 64)
    #expect(try profile([table, "--top", "0"]).status == 64)
  }

  @Test func aMissingConverterIsNamedWithItsPackage() throws {
    let result = try Tool.shell(
      "PATH=/nowhere '\(Tool.folder.path)/flowmeter' profile '\(table)' --report r --png || echo $?",
      in: folder.url)
    #expect(result.output.hasSuffix("73\n"), "\(result.output)")
    #expect(result.errors.contains("librsvg2-bin"), "\(result.errors)")
  }
}
