import FeatureExtraction
import FeatureTables
import Testing

/// What labels mean, by data set and by option.
struct LabelTests {
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  private func corrected(_ labels: [String]) -> String {
    AliasRow.file("cic-corrected-91", rows: labels.count) { row, number in
      row.column == "label" ? labels[number] : AliasRow.plain(row, number, labels: labels)
    }
  }

  @Test func attemptedFlows() throws {
    let text = corrected(["BENIGN", "DoS Hulk", "DoS Hulk - Attempted", "DoS Hulk - Attempted"])
    let separate = try bytes.read(text)
    #expect(separate.labels.classes == ["BENIGN", "DoS Hulk", "DoS Hulk - Attempted"])
    let excluded = try bytes.read(text) { $0.attempted = .excluded }
    #expect(excluded.account.dropped == ["attempted_rows": 2])
    #expect(excluded.labels.classes == ["BENIGN", "DoS Hulk"])
    let benign = try bytes.read(text) { $0.attempted = .benign }
    #expect(benign.labels.classCounts == [3, 1])
    let malicious = try bytes.read(text) { $0.attempted = .malicious }
    #expect(malicious.labels.classCounts == [1, 3])
  }

  @Test func unlabeledRowsAreDroppedOrKept() throws {
    let text = corrected(["BENIGN", "", "No Label", "NeedManualLabel", "Portscan"])
    let table = try bytes.read(text)
    #expect(table.account.dropped == ["unlabeled_rows": 3])
    #expect(table.rowNumbers == [0, 4])
    let kept = try bytes.read(text) { $0.keepsUnlabeledRows = true }
    #expect(kept.classNames == ["BENIGN", nil, nil, nil, "Portscan"])
    #expect(kept.account.dropped.isEmpty)
  }

  @Test func unknownAndBenignByHand() throws {
    let text = corrected(["BENIGN", "Strange", "Quiet"])
    let table = try bytes.read(text) { $0.benignClasses = ["quiet"] }
    #expect(table.labels.classes == ["BENIGN", "Quiet", "Strange"])
    #expect(table.labels.benign == ["BENIGN", "Quiet"])
    #expect(table.account.remarks["unknown_labels"] == 2)
  }

  private func kdd(_ labels: [String], difficulty: Bool = true) -> String {
    labels.map { label in
      let numbers = Array(repeating: "0", count: 37).joined(separator: ",")
      return "0,tcp,http,SF,\(numbers),\(label)" + (difficulty ? ",21" : "") + "\n"
    }.joined()
  }

  @Test func familiesOfKDD() throws {
    let table = try bytes.read(kdd(["normal", "neptune", "guess_passwd", "nmap", "rootkit"]))
    #expect(table.settings["form"] == "nsl-kdd-43")
    #expect(table.labels.classes == ["normal", "DoS", "Probe", "R2L", "U2R"])
    #expect(table.labels.benign == ["normal"])
    #expect(table.reason("difficulty") == .leak)
    #expect(table.matrix.schema.features.count == 41)
    let byHand = try bytes.read(kdd(["normal", "neptune", "smurf"])) { $0.labelColumn = "label" }
    #expect(byHand.labels.classes == ["normal", "neptune", "smurf"])
    let old = try bytes.read(kdd(["normal.", "smurf."], difficulty: false))
    #expect(old.settings["form"] == "kdd99-42")
    #expect(old.labels.classes == ["normal", "DoS"])
    let bare = try bytes.read(kdd(["normal", "smurf"], difficulty: false))
    #expect(bare.settings["form"] == "nsl-kdd-42")
  }

  /// The raw UNSW files spell classes differently in January and February, and leave normal empty.
  @Test func rawUNSW() throws {
    let labels = ["", " Fuzzers", " Fuzzers ", "Backdoors", "Backdoor", "Reconnaissance "]
    let text = labels.enumerated().map { number, label in
      "59.166.0.0,1390,149.171.126.6,0x0035,udp,CON,0.5,132,164,31,29,0,0,dns,500473.9,621800.9,2,2"
        + ",0,0,0,0,66,82,0,0,0,0,142433\(number)400,1424332000,0.017,0.013,0,0,0,0,0,0,, ,3,7,1,3,1,1,1"
        + ",\(label),\(label.isEmpty ? 0 : 1)\r\n"
    }.joined()
    let table = try bytes.read([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    #expect(table.settings["form"] == "unsw-49")
    #expect(table.labels.classes == ["Normal", "Backdoor", "Fuzzers", "Reconnaissance"])
    #expect(table.labels.classCounts == [1, 2, 2, 1])
    #expect(table.account.remarks["unknown_labels"] == nil)
    #expect(table.column("flow_duration").first == 500_000, "seconds become microseconds")
    #expect(table.reason("stcpb") == .leak)
    #expect(table.identity.startTimes.first == 1_424_330_400_000_000_000)
    #expect(table.identity.connections.count == 6)
  }

  @Test func nameBeforeFlag() throws {
    let table = try bytes.read(
      """
      id,dur,proto,service,state,sttl,ct_state_ttl,attack_cat,label
      1,0.1,udp,-,INT,254,2,Normal,0
      2,0.2,tcp,http,FIN,62,1,Exploits,1
      3,0.2,tcp,http,FIN,62,1,Worms,1
      """)
    #expect(table.settings["form"] == "unsw-45")
    #expect(table.labels.classes == ["Normal", "Exploits", "Worms"])
    #expect(table.reason("label") == .label)
    #expect(table.reason("id") == .identifier)
    let flags = try bytes.read(
      """
      id,dur,proto,service,state,sttl,ct_state_ttl,attack_cat,label
      1,0.1,udp,-,INT,254,2,Normal,0
      2,0.2,tcp,http,FIN,62,1,Exploits,1
      """
    ) { $0.labelColumn = "label" }
    #expect(flags.labels.classes == ["0", "1"])
    #expect(flags.labels.benign == ["0"])
    #expect(flags.reason("attack_cat") == .label)
  }

  /// `Label` says nothing and `label` is the class: case must not merge them.
  @Test func labelsThatDifferInCaseOnly() throws {
    let file = AliasRow.file("cicflowmeter-engelen-94", rows: 4) {
      AliasRow.plain($0, $1, labels: ["NeedManualLabel"])
    }
    var lines = file.split(separator: "\n").map(String.init)
    lines[0] += ",label,scenario"
    for row in 1...4 { lines[row] += ",\(row % 2 == 0 ? "benign" : "scan"),s\(row)" }
    let table = try bytes.read(lines.joined(separator: "\n"))
    #expect(table.labels.classes == ["benign", "scan"])
    #expect(table.settings["label_column"] == "label")
    #expect(table.reason("Label") == .label)
    #expect(table.reason("scenario") == .label)
  }
}
