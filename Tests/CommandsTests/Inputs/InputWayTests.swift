import Foundation
import TestSupport
import Testing

/// Ways in and out: pipes, gzip, several tables, devices, links, interrupts.
struct InputWayTests {
  private let folder: TemporaryFolder
  private let text: String

  init() throws {
    folder = try TemporaryFolder()
    text = SmallTables.generic(rows: 200)
    try folder.file("flows.csv", text)
    let lines = text.split(separator: "\n")
    try folder.file("first.csv", lines.prefix(101).joined(separator: "\n"))
    try folder.file("second.csv", lines[0] + "\n" + lines.dropFirst(101).joined(separator: "\n"))
    try folder.file("a.pcap", SmallCaptures.capture(flows: 30, payload: 100).pcap())
    try folder.file("b.pcap", SmallCaptures.capture(flows: 30, payload: 3, start: 9_000).pcap())
    #expect(try run("train flows.csv -o model.json").status == 0)
    #expect(try run("train --benign a.pcap --malicious b.pcap -o captures.json").status == 0)
  }

  private func run(_ command: String) throws -> ToolResult {
    try shell(
      "flowmeter \(command)"
        + (command.hasPrefix("train") ? " --learner random-forest --set trees=5 --quiet" : ""))
  }

  private func shell(_ script: String) throws -> ToolResult {
    try Tool.shell(script, in: folder.url)
  }

  /// The same rows in other wrappings make the same forest.
  @Test(arguments: [
    "cat flows.csv | flowmeter train -", "flowmeter train <(cat flows.csv)",
    "gzip -kf flows.csv; flowmeter train flows.csv.gz", "gzip -c flows.csv | flowmeter train -",
    "flowmeter train first.csv second.csv",
  ])
  func sameRowsSameTrees(_ command: String) throws {
    let quick = "--learner random-forest --set trees=5 --quiet"
    let result = try shell("\(command) -o other.json \(quick)")
    #expect(result.status == 0, "\(result.errors)")
    let own = try JSONObject(String(contentsOfFile: folder.path("model.json"), encoding: .utf8))
    let other = try JSONObject(String(contentsOfFile: folder.path("other.json"), encoding: .utf8))
    #expect(own.object("metrics")?.object("validation")?.number("log_loss") != nil)
    #expect(
      own.object("metrics")?.object("validation")?.number("log_loss")
        == other.object("metrics")?.object("validation")?.number("log_loss"))
  }

  @Test(arguments: ["- < a.pcap", "<(cat a.pcap)", "- < <(gzip -c a.pcap)"])
  func capturesFromPipes(_ input: String) throws {
    let result = try shell("flowmeter classify captures.json \(input) --quiet")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.count == 30)
    let extracted = try shell("flowmeter extract \(input) --quiet")
    #expect(extracted.lines.count == 31)
    let inspected = try shell("flowmeter inspect \(input)")
    #expect(inspected.output.contains("packets: 91"), "\(inspected.errors)")
  }

  @Test(arguments: ["- < flows.csv", "<(cat flows.csv)", "- < model.json"])
  func inspectFromPipes(_ input: String) throws {
    let result = try shell("flowmeter inspect \(input)")
    #expect(result.status == 0, "\(result.errors)")
    let words = input.contains("flows") ? "rows: 200 read" : "trees: 5"
    #expect(result.output.contains(words), "\(result.output)")
  }

  @Test func extractedTablesGoThroughAPipe() throws {
    let result = try shell(
      "flowmeter extract a.pcap --quiet | flowmeter classify captures.json - --quiet")
    #expect(result.lines.count == 30, "\(result.errors)")
  }

  @Test func severalTablesAreNumberedThrough() throws {
    let result = try run("classify model.json first.csv second.csv --format csv --quiet")
    #expect(result.lines.count == 201)
    #expect(result.lines.last?.hasPrefix("199,") == true)
  }

  @Test func tablesOfOtherFormsAreRefused() throws {
    try folder.file("other.csv", "height,label\n1,benign\n2,attack\n")
    let result = try run("train flows.csv other.csv -o out.json")
    result.expectError(65, naming: "other.csv", "has other columns than flows.csv")
  }

  @Test(arguments: [
    "flowmeter classify model.json flows.csv", "flowmeter extract a.pcap",
    "flowmeter evaluate model.json flows.csv --predictions -", "flowmeter inspect --schema",
    "flowmeter train flows.csv -o out.json --learner random-forest --set trees=5",
    "flowmeter --help",
  ])
  func aClosedPipeEndsQuietly(_ command: String) throws {
    let result = try shell(
      "set +o pipefail; (sleep 0.1; \(command) 2> errors; echo $? > status) | true; cat status errors"
    )
    #expect(result.lines.first == "0", "\(result.output)")
    let rest = result.lines.dropFirst().joined()
    #expect(!rest.contains("standard output") && !rest.contains("help:"), "\(rest)")
  }

  @Test func aFullDiskIsAnErrorOfOutput() throws {
    for target in ["> /dev/full", "-o /dev/full"] {
      let result = try shell(
        "set +e; flowmeter classify model.json flows.csv --quiet \(target); echo $?")
      #expect(result.lines.last == "74", "\(result.errors)")
    }
    #expect(try shell("test -c /dev/full && echo device").lines == ["device"])
  }

  @Test func devicesAndLinksAreNotReplaced() throws {
    let result = try shell(
      """
      mkfifo pipe; cat pipe > copy & flowmeter extract a.pcap -o pipe --quiet; wait
      test -p pipe; wc -l < copy; ls pipe*
      echo old > real.json; ln -s real.json link.json
      flowmeter train flows.csv -o link.json --learner random-forest --set trees=5 --quiet > /dev/null
      test -h link.json; cmp real.json model.json && echo same
      """)
    #expect(result.lines == ["31", "pipe", "same"], "\(result.errors)")
  }

  @Test func anInterruptLeavesNoFile() throws {
    let result = try shell(
      """
      mkfifo pipe
      flowmeter extract - -o out.csv < pipe & running=$!
      exec 9> pipe; head -c 3000 a.pcap >&9
      for attempt in $(seq 200); do ls | grep -q partial && break; sleep 0.05; done
      ls | grep -c partial
      kill -INT $running
      set +e; wait $running; echo $?; ls | grep -c out.csv
      """)
    #expect(result.lines == ["1", "130", "0"], "\(result.errors)")
  }
}
