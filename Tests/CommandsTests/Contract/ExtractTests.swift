import Foundation
import TestSupport
import Testing

/// `extract`: the table, its description and the account.
struct ExtractTests {
  private let folder: TemporaryFolder
  private let capture: String

  init() throws {
    folder = try TemporaryFolder()
    capture = try folder.file("a, b.pcap", SmallCaptures.capture(flows: 25, payload: 60).pcap())
  }

  private func extract(_ options: [String]) throws -> ToolResult {
    try Tool.flowmeter(["extract", capture] + options)
  }

  @Test func standardOutputHasNoDescription() throws {
    let result = try extract(["--quiet"])
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.lines.count == 26)
    #expect(try folder.names() == ["a, b.pcap"])
  }

  @Test func filesHaveADescription() throws {
    let plain = try extract(["--quiet"]).output
    for name in ["flows.csv", "flows.csv.gz"] {
      #expect(try extract(["-o", folder.path(name), "--digest", "--quiet"]).status == 0)
      let meta = try JSONObject(
        String(decoding: try folder.bytes("\(name).meta.json"), as: UTF8.self))
      #expect(meta.object("schema")?.text("identifier") == "flowmeter2")
      #expect(meta.object("schema")?.objects("features").count == 49)
      #expect(meta.object("input_digests")?.text(capture)?.count == 64)
      #expect(meta.object("packets")?.number("metered") == 75)
      #expect(meta.object("rows")?.number("used") == 25)
      #expect(meta.keys.isSuperset(of: ["settings", "tool_version", "flows", "inputs"]))
    }
    #expect(String(decoding: try folder.bytes("flows.csv"), as: UTF8.self) == plain)
    let unpacked = try Tool.shell("gzip -dc flows.csv.gz", in: folder.url)
    #expect(unpacked.output == plain)
    #expect(try folder.names().allSatisfy { !$0.contains("partial") })
  }

  /// As a reader of RFC 4180 sees it: every row as long as the header, quotes where they must be.
  @Test func theTableIsRegular() throws {
    let result = try extract(["--label", "a \"b\", c", "--quiet"])
    let rows = fields(of: result.output)
    #expect(rows.count == 26)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(Set(rows[0]).count == rows[0].count, "no name stands twice")
    #expect(
      Array(rows[0].prefix(10)) == [
        "flow_id", "community_id", "source_address", "source_port", "destination_address",
        "destination_port", "protocol", "start_time", "end_time", "capture",
      ])
    #expect(rows[0].count == 10 + 49 + 1 && rows[0].last == "label")
    for row in rows.dropFirst() {
      #expect(row[9] == capture && row.last == "a \"b\", c")
      #expect(row[7].hasSuffix("Z") && row[7].count == 30, "nanoseconds in UTC: \(row[7])")
      #expect(row[10..<49].allSatisfy { Double($0) != nil })
    }
  }

  @Test func theAccountAddsUp() throws {
    let account = try extract(["-o", folder.path("flows.csv"), "--json"]).json()
    #expect(account.keys.isSuperset(of: ["packets", "flows", "inputs"]))
    let packets = try #require(account.object("packets"))
    #expect(packets.number("read") == 76 && packets.number("metered") == 75)
    #expect(packets.object("skipped")?.number("not_ip") == 1)
    #expect(packets.number("read") == (packets.number("metered") ?? 0) + packets.sum("skipped"))
    let flows = try #require(account.object("flows"))
    #expect(flows.number("written") == 25 && flows.sum("ended") == 25)
    #expect(flows.number("evicted") == 0)
    let input = try #require(account.objects("inputs").first)
    #expect(input.text("file") == capture && input.text("container") == "pcap")
    #expect(input.text("link_type") == "ethernet" && input.number("packets") == 76)
    #expect(input.text("first_time") == "1970-01-01T00:16:40.000000000Z")
    #expect(input.text("last_time") == "1970-01-01T00:16:49.000000000Z")
    #expect(input.object("ended")?.text("state") == "complete")
  }

  @Test func theTableCanBeFull() throws {
    let account = try extract(["-o", folder.path("flows.csv"), "--json", "--max-flows", "2"]).json()
    let flows = try #require(account.object("flows"))
    #expect(flows.number("evicted") ?? 0 > 0)
    #expect(flows.number("evicted") == flows.object("ended")?.number("evicted"))
    #expect(flows.sum("ended") == flows.number("written"))
  }

  @Test func listsOfFiles() throws {
    let second = try folder.file("b.pcap", SmallCaptures.capture(flows: 5, payload: 1).pcap())
    let list = try folder.file("list", "\(capture)\n\n  \(second)\n")
    let result = try Tool.flowmeter(["extract", "--files-from", list, "--quiet"])
    let both = try Tool.flowmeter(["extract", capture, second, "--quiet"])
    #expect(result.status == 0 && result.output == both.output)
  }

  @Test func timesWithUnits() throws {
    let seconds = try extract(["--idle-timeout", "0.1", "--quiet"])
    #expect(seconds.lines.count > 26, "a pause of 0.2 s ends a flow")
    #expect(try extract(["--idle-timeout", "100ms", "--quiet"]).output == seconds.output)
    #expect(try extract(["--idle-timeout", "2m", "--quiet"]).lines.count == 26)
  }

  @Test func modesOfDecoding() throws {
    #expect(try extract(["--tunnels", "inner", "--fragments", "join", "--quiet"]).status == 0)
    #expect(try extract(["--tunnels", "both"]).status == 64)
    #expect(try extract(["--fragments", "drop"]).status == 64)
    _ = try extract(["--tunnels", "inner", "-o", folder.path("flows.csv"), "--quiet"])
    let meta = try JSONObject(
      String(decoding: try folder.bytes("flows.csv.meta.json"), as: UTF8.self))
    #expect(meta.object("settings")?.text("tunnels") == "inner")
    #expect(meta.object("settings")?.text("fragments") == "join")
  }

  @Test func aCutCaptureIsSaidToBeCut() throws {
    let bytes = SmallCaptures.capture(flows: 25, payload: 60).pcap()
    let cut = try folder.file("cut.pcap", bytes.dropLast(5))
    let result = try Tool.flowmeter(["extract", cut, "-o", folder.path("flows.csv"), "--json"])
    #expect(result.status == 0)
    #expect(result.errors.contains("warning: \(cut) is cut at byte"), "\(result.errors)")
    #expect(
      try JSONObject(result.output).objects("inputs").first?.object("ended")?.text("state")
        == "cut")
  }

  private func fields(of text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var characters = Array(text)[...]
    while let character = characters.popFirst() {
      switch (character, isQuoted) {
      case ("\"", true) where characters.first == "\"":
        cell.append("\"")
        characters.removeFirst()
      case ("\"", _): isQuoted.toggle()
      case (",", false), ("\n", false):
        row.append(cell)
        cell = ""
        if character == "\n" {
          rows.append(row)
          row = []
        }
      default: cell.append(character)
      }
    }
    #expect(row.isEmpty && cell.isEmpty && !isQuoted, "the last line is whole")
    return rows
  }
}
