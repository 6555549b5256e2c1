import Foundation
import TestSupport
import Testing

/// Every file of `shared/data/csv` through `inspect` and `train`, as a user gives it.
@Suite(.enabled(if: sharedDataIsExpected)) struct SharedTableTests {
  /// What is to become of a file.
  enum Outcome {
    /// Labels leave two classes.
    case trains
    /// A flow file that cannot be learned from: words of the error.
    case refused(String)
    /// No flow file in a form that is read: words of the error of `inspect`.
    case noTable(String)
  }

  struct Expected {
    let form: String
    let rows: Int
    let outcome: Outcome
  }

  static let folder = sharedData.appending(path: "csv")

  /// By the path below the folder. Rows are those that the program of the data set counts:
  /// lines without header lines and Zeek's comments.
  static let expected: [String: Expected] = {
    func table(_ form: String, _ rows: Int, _ outcome: Outcome = .trains) -> Expected {
      Expected(form: form, rows: rows, outcome: outcome)
    }
    func none(_ words: String) -> Expected {
      Expected(form: "", rows: 0, outcome: .noTable(words))
    }
    let oneClass = Outcome.refused("rows of one class only")
    let unlabeled = Outcome.refused("unlabeled_rows")
    let noLabels = Outcome.refused("no column with labels")
    return [
      "argus/monday_argus_sample_100k.csv": table("argus", 5_708, noLabels),
      "cic-ids2017-improved/data_header_reference.csv":
        table("cic-corrected-91", 0, .refused("has a header but no rows")),
      "cic-ids2017-improved/flows.csv": table("cic-corrected-91", 37_500),
      "cic-ids2017/20col-feature-selected/cic_0.01km.csv": table("cic2017-20", 28_303),
      "cic-ids2017/53col-cleaned-sample/cicids2017_sample_12000.csv":
        table("cic2017-53", 12_000),
      "cic-ids2017/78col-kmeans-sample/CICIDS2017_sample_starrix16.csv":
        table("cic2017-78", 6_311),
      "cic-ids2017/79col-original/Friday-DDos_head9998.csv":
        table("cic2017-79", 9_998, oneClass),
      "cic-ids2017/79col-original/Thursday-WebAttacks_head1664.csv":
        table("cic2017-79", 1_664, oneClass),
      "cic-ids2017/84col-webattacks/web_attacks_balanced.csv": table("cic2017-84", 7_267),
      "cic-ids2017/85col-original/Friday-DDos_head299.csv": table("cic2017-85", 299, oneClass),
      "ctu-13/ctu13_sample_10k.csv": table("argus", 10_000),
      "nsl-kdd/Attack_Types.csv": none("no column that a known flow table has"),
      "nsl-kdd/Field_Names.csv": none("no column that a known flow table has"),
      "nsl-kdd/ReadMe.txt": none("no column that a known flow table has"),
      "nsl-kdd/KDDTrain+_20Percent.txt": table("nsl-kdd-43", 25_192),
      "other/fisher85_mix_labelled_52col.csv": table("webcap-52", 1_407),
      "slips-flows/port-scans/horizontal/conn.log": table("zeek-conn", 41, noLabels),
      "slips-flows/port-scans/vertical/conn.log": table("zeek-conn", 50, noLabels),
      "slips-flows/test1-malicious.nfdump": none("is a binary nfdump file"),
      "slips-flows/test10-mixed-zeek-dir/conn.log": table("zeek-conn", 141, noLabels),
      "slips-flows/test11-portscan.binetflow": table("binetflow", 66, unlabeled),
      "slips-flows/test13-malicious-dhcpscan-zeek-dir/conn.log":
        table("zeek-conn", 2, noLabels),
      "slips-flows/test14-malicious-zeek-dir/conn.log": table("zeek-conn", 5, noLabels),
      "slips-flows/test15-malicious-zeek-dir/conn.log": table("zeek-conn", 2, noLabels),
      "slips-flows/test18-malicious-ctu-sme-11-win/zeek-labeled/conn.log.labeled":
        table("zeek-conn", 766),
      "slips-flows/test2-malicious.binetflow": table("binetflow", 6_751, unlabeled),
      "slips-flows/test3-mixed.binetflow": table("binetflow", 89, unlabeled),
      "slips-flows/test5-mixed.binetflow": table("binetflow", 300, oneClass),
      "slips-flows/test6-malicious.suricata.json": table("suricata-eve-flow", 5_000),
      "unsw-nb15/UNSW_NB15_training-set.csv": table("unsw-45", 82_332),
    ]
  }()

  static func files() -> [String] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [])
    let files = (found?.allObjects as? [URL] ?? []).filter {
      !$0.hasDirectoryPath && !$0.lastPathComponent.hasPrefix(".")
    }
    return files.map { String($0.path.dropFirst(folder.path.count + 1)) }
      .map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }.sorted()
  }

  @Test func everyFileIsKnownHere() throws {
    let files = SharedTableTests.files().filter {
      var isFolder: ObjCBool = false
      let path = SharedTableTests.folder.appending(path: $0).path
      return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
    #expect(files == SharedTableTests.expected.keys.sorted())
  }

  @Test(arguments: expected.keys.sorted())
  func inspectNamesTheFormAndAccountsForTheRows(_ name: String) throws {
    let expected = try #require(SharedTableTests.expected[name])
    let path = SharedTableTests.folder.appending(path: name).path
    let result = try Tool.flowmeter(["inspect", path, "--json"])
    if case .noTable(let words) = expected.outcome {
      return result.expectError(65, naming: path, words)
    }
    let table = try #require(try result.json().object("table"))
    let rows = try #require(table.object("rows"))
    #expect(table.text("form") == expected.form)
    #expect(rows.number("read") == Double(expected.rows))
    #expect(rows.number("read") == (rows.number("used") ?? 0) + rows.sum("dropped"))
    let text = try Tool.flowmeter(["inspect", path]).output
    #expect(
      text.contains("(form \(expected.form))") && text.contains("rows: \(expected.rows) read"))
    #expect(text.split(separator: "\n").count < 60, "one screen: \(text)")
  }

  @Test(arguments: expected.keys.sorted())
  func trainWorksOrSaysWhyNot(_ name: String) throws {
    let expected = try #require(SharedTableTests.expected[name])
    let path = SharedTableTests.folder.appending(path: name).path
    let folder = try TemporaryFolder()
    let model = folder.path("model.json")
    let result = try Tool.flowmeter(["train", path, "-o", model, "--json"] + quickLearner)
    switch expected.outcome {
    case .trains:
      #expect(result.status == 0, "\(result.errors)")
      let summary = try result.json()
      let account = try #require(summary.object("account"))
      #expect(account.number("read") == Double(expected.rows))
      #expect(account.number("read") == (account.number("used") ?? 0) + account.sum("dropped"))
      #expect(
        account.number("used")
          == (summary.number("rows") ?? 0) + (summary.number("validation_rows") ?? 0))
      #expect(summary.texts("classes")?.count ?? 0 >= 2)
      #expect(try folder.names() == ["model.json"])
    case .refused(let words), .noTable(let words):
      result.expectError(65, naming: path, words)
      #expect(try folder.names() == [])
    }
  }
}
