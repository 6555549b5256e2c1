import Foundation
import TestSupport
import Testing

/// Wrong files give one clear error that names the file and the remedy, and leave nothing behind.
struct WrongFileTests {
  struct Wrong: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let words: String

    init(_ name: String, _ text: String, _ words: String) {
      self.init(name, Array(text.utf8), words)
    }

    init(_ name: String, _ bytes: [UInt8], _ words: String) {
      (self.name, self.bytes, self.words) = (name, bytes, words)
    }

    var testDescription: String { name }
  }

  /// Wrong for whoever reads a table.
  static let unreadable = [
    Wrong("empty.csv", "", "is empty"),
    Wrong(
      "binary.csv", Array(repeating: [7, 0, 200, 255], count: 500).flatMap { $0 }, "zero byte"),
    Wrong("quote.csv", "a,label\n1,benign\n\"2,attack\n3,benign\n", "a quote is opened"),
    Wrong("header.csv", "size,rate,label\n", "no rows"),
    Wrong("ragged.csv", "a,b,label\n1,2,benign\n3,attack\n", "--bad-rows skip"),
  ]

  /// Wrong for whoever learns from a table.
  static let unfit = [
    Wrong("no-label.csv", "size,rate\n1,2\n2,3\n3,5\n", "--label-column"),
    Wrong("one-class.csv", SmallTables.generic(rows: 40, classes: ["benign"]), "one class only"),
    Wrong("all-nan.csv", SmallTables.generic(rows: 40, gapEvery: 1), "column 'size'"),
    Wrong("one-row.csv", SmallTables.generic(rows: 1), "1 labeled row"),
  ]

  private let folder: TemporaryFolder
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    let table = try folder.file("good.csv", SmallTables.generic(rows: 60))
    model = folder.path("model.json")
    let trained = try Tool.flowmeter(["train", table, "-o", model, "--quiet"] + quickLearner)
    #expect(trained.status == 0, "\(trained.errors)")
  }

  /// Every way to read labeled rows, with outputs.
  private func learners(_ file: String) -> [[String]] {
    [
      ["train", file, "-o", folder.path("out.json"), "--report", folder.path("report")]
        + quickLearner,
      ["tune", file, "-o", folder.path("out.json"), "--trials", "2"],
      ["crossval", file, "--report", folder.path("report")] + quickLearner,
    ]
  }

  private func readers(_ file: String) -> [[String]] {
    [
      ["evaluate", model, file, "--predictions", folder.path("out.csv")],
      ["classify", model, file, "-o", folder.path("out.jsonl")],
      ["inspect", file],
    ]
  }

  private func expectErrors(
    _ calls: [[String]], _ code: Int32, naming file: String, _ words: String? = nil
  ) throws {
    let before = try folder.names()
    for call in calls {
      try Tool.flowmeter(call).expectError(code, naming: file, words)
      #expect(try folder.names() == before, "\(call) left something behind")
    }
  }

  @Test(arguments: unreadable) func unreadableTables(_ wrong: Wrong) throws {
    let file = try folder.file(wrong.name, wrong.bytes)
    let readers = readers(file).filter { wrong.name != "header.csv" || $0[0] != "inspect" }
    try expectErrors(learners(file) + readers, 65, naming: file, wrong.words)
  }

  @Test(arguments: unfit) func tablesThatTeachNothing(_ wrong: Wrong) throws {
    let file = try folder.file(wrong.name, wrong.bytes)
    try expectErrors(learners(file), 65, naming: file, wrong.words)
  }

  @Test func noLabelsToJudgeBy() throws {
    let file = try folder.file("no-label.csv", "size,rate,noise\n1,2,3\n2,3,4\n")
    try expectErrors([["evaluate", model, file]], 65, naming: file, "--label-column")
  }

  @Test func missingFilesAndFolders() throws {
    let missing = folder.path("missing.csv")
    let calls = learners(missing) + readers(missing)
    try expectErrors(
      calls + [["extract", missing]], 66, naming: missing, "check the path")
    let inside = try folder.file("tables/a.csv", "")
    let tables = URL(filePath: inside).deletingLastPathComponent().path
    try expectErrors(
      learners(tables) + readers(tables) + [["extract", tables]], 66, naming: tables,
      "is a folder")
  }

  @Test func aModelWhereATableIsExpected() throws {
    let calls = learners(model) + readers(model).filter { $0[0] != "inspect" }
    try expectErrors(calls, 65, naming: model, "is a model")
  }

  @Test func aTableWhereAModelIsExpected() throws {
    let table = folder.path("good.csv")
    for wrong in [table, try folder.file("nothing.json", ""), try folder.file("x", [0, 1, 2])] {
      try expectErrors(
        [["evaluate", wrong, table], ["classify", wrong, table]], 65, naming: wrong,
        "is no model document")
    }
    let missing = folder.path("missing.json")
    try expectErrors([["classify", missing, table]], 66, naming: missing)
  }

  @Test func damagedAndForeignModels() throws {
    let table = folder.path("good.csv")
    let text = try String(contentsOfFile: model, encoding: .utf8)
    let damage: [(name: String, text: String, words: String)] = [
      ("cut.json", String(text.prefix(text.count / 2)), "ends too early"),
      (
        "future.json",
        text.replacing("\"format_version\": \"1.0\"", with: "\"format_version\": \"2.0\""),
        "use a newer flowmeter"
      ),
      ("changed.json", text.replacing("\"seed\": 0", with: "\"seed\": 1"), "digest"),
    ]
    for (name, text, words) in damage {
      let file = try folder.file(name, text)
      try expectErrors(
        [["evaluate", file, table], ["classify", file, table], ["inspect", file]], 65,
        naming: file, words)
    }
  }

  @Test func wrongCaptures() throws {
    let good = try folder.file("good.pcap", SmallCaptures.capture(flows: 20, payload: 9).pcap())
    var arp = CaptureBuilder()
    for second in 1...3 {
      arp.add(Frame.ethernet(0x0806, Array(repeating: 0, count: 28)), at: Double(second))
    }
    let wrong = [
      Wrong("empty.pcap", "", "is empty"),
      Wrong("text.pcap", "a,b\n1,2\n", "is not a packet capture"),
      Wrong("cut.pcap", Array(CaptureBuilder().pcap().prefix(20)), "cut"),
      Wrong("no-packets.pcap", CaptureBuilder().pcap(), "no packets"),
      Wrong("arp.pcap", arp.pcap(), "none of 3 packets could be metered: not_ip 3"),
    ]
    for wrong in wrong {
      let file = try folder.file(wrong.name, wrong.bytes)
      try expectErrors(
        [
          ["extract", file, "-o", folder.path("out.csv")],
          [
            "train", "--benign", good, "--malicious", file, "-o", folder.path("out.json"),
            "--quiet",
          ],
        ], 65, naming: file, wrong.words)
    }
    try expectErrors(
      [["train", good, "-o", folder.path("out.json")]], 64, naming: good, "--benign")
    try expectErrors(
      [["train", good, folder.path("good.csv"), "-o", folder.path("out.json")]], 64, naming: good,
      "capture among tables")
  }

  @Test func outputsThatCannotBeMade() throws {
    let table = folder.path("good.csv")
    let nowhere = folder.path("no-such-folder/out")
    let capture = try folder.file("a.pcap", SmallCaptures.capture(flows: 3, payload: 9).pcap())
    try expectErrors(
      [
        ["train", table, "-o", nowhere, "--quiet"] + quickLearner,
        ["classify", model, table, "-o", nowhere, "--quiet"],
        ["evaluate", model, table, "--predictions", nowhere, "--quiet"],
        ["extract", capture, "-o", nowhere, "--quiet"],
      ], 73, naming: nowhere)
    try expectErrors(
      [["train", table, "-o", folder.url.path, "--quiet"] + quickLearner], 73,
      naming: folder.url.path, "is a folder")
    try expectErrors(
      [["train", table, "-o", folder.path("m.json"), "--report", table, "--quiet"] + quickLearner],
      73, naming: table)
  }
}
