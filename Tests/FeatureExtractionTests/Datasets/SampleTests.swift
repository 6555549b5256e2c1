import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// The real samples. Rows and classes were counted with Python's csv module.
@Suite(.enabled(if: sharedDataIsExpected, "there is no ../shared/data"))
struct SampleTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let path: String
    let form: String
    let rows: Int
    let features: Int
    var classes: [String: Int] = [:]
    var isTrainable = false
    var testDescription: String { path }
  }

  static let samples = [
    Sample(path: "argus/monday_argus_sample_100k.csv", form: "argus", rows: 5_708, features: 36),
    Sample(
      path: "cic-ids2017-improved/flows.csv", form: "cic-corrected-91", rows: 37_500, features: 81,
      classes: [
        "BENIGN": 5016, "FTP-Patator": 2627, "SSH-Patator": 1998, "DoS Slowloris": 2588,
        "DoS Slowhttptest": 1176, "DoS Hulk": 4915, "DoS GoldenEye": 3865,
        "Web Attack - Brute Force": 54, "Web Attack - XSS": 11, "Web Attack - SQL Injection": 9,
        "Infiltration - Portscan": 4886, "Infiltration": 34, "Botnet": 494, "Portscan": 4937,
        "DDoS": 4890,
      ], isTrainable: true),
    Sample(
      path: "cic-ids2017-improved/data_header_reference.csv", form: "cic-corrected-91", rows: 0,
      features: 81),
    Sample(
      path: "cic-ids2017/20col-feature-selected/cic_0.01km.csv", form: "cic2017-20", rows: 28_303,
      features: 19, classes: ["0": 22_662, "1": 5_641], isTrainable: true),
    Sample(
      path: "cic-ids2017/53col-cleaned-sample/cicids2017_sample_12000.csv", form: "cic2017-53",
      rows: 12_000, features: 51,
      classes: [
        "Normal Traffic": 9973, "DoS": 945, "Brute Force": 38, "DDoS": 623, "Port Scanning": 401,
        "Bots": 8, "Web Attacks": 12,
      ], isTrainable: true),
    Sample(
      path: "cic-ids2017/78col-kmeans-sample/CICIDS2017_sample_starrix16.csv", form: "cic2017-78",
      rows: 6_311, features: 76,
      classes: [
        "BENIGN": 227, "DoS": 952, "PortScan": 397, "Bot": 1966, "Infiltration": 36,
        "WebAttack": 2180, "BruteForce": 553,
      ], isTrainable: true),
    Sample(
      path: "cic-ids2017/79col-original/Friday-DDos_head9998.csv", form: "cic2017-79", rows: 9_998,
      features: 76, classes: ["BENIGN": 9998]),
    Sample(
      path: "cic-ids2017/79col-original/Thursday-WebAttacks_head1664.csv", form: "cic2017-79",
      rows: 1_664, features: 76, classes: ["BENIGN": 1664]),
    Sample(
      path: "cic-ids2017/84col-webattacks/web_attacks_balanced.csv", form: "cic2017-84",
      rows: 7_267, features: 76,
      classes: [
        "BENIGN": 5087, "Web Attack - Brute Force": 1507, "Web Attack - XSS": 652,
        "Web Attack - Sql Injection": 21,
      ], isTrainable: true),
    Sample(
      path: "cic-ids2017/85col-original/Friday-DDos_head299.csv", form: "cic2017-85", rows: 299,
      features: 76, classes: ["BENIGN": 299]),
    Sample(
      path: "ctu-13/ctu13_sample_10k.csv", form: "argus", rows: 10_000, features: 26,
      classes: ["benign": 126, "malicious": 141], isTrainable: true),
    Sample(
      path: "nsl-kdd/KDDTrain+_20Percent.txt", form: "nsl-kdd-43", rows: 25_192, features: 41,
      classes: ["normal": 13_449, "DoS": 9_234, "Probe": 2_289, "R2L": 209, "U2R": 11],
      isTrainable: true),
    Sample(
      path: "other/fisher85_mix_labelled_52col.csv", form: "webcap-52", rows: 1_407, features: 44,
      classes: ["0": 621, "1": 786], isTrainable: true),
    Sample(
      path: "slips-flows/port-scans/horizontal/conn.log", form: "zeek-conn", rows: 41, features: 35),
    Sample(
      path: "slips-flows/port-scans/vertical/conn.log", form: "zeek-conn", rows: 50, features: 35),
    Sample(
      path: "slips-flows/test10-mixed-zeek-dir/conn.log", form: "zeek-conn", rows: 141, features: 35
    ),
    Sample(
      path: "slips-flows/test18-malicious-ctu-sme-11-win/zeek-labeled/conn.log.labeled",
      form: "zeek-conn", rows: 766, features: 35, classes: ["Benign": 44, "Malicious": 719],
      isTrainable: true),
    Sample(
      path: "slips-flows/test11-portscan.binetflow", form: "binetflow", rows: 66, features: 24),
    Sample(
      path: "slips-flows/test2-malicious.binetflow", form: "binetflow", rows: 6_751, features: 24),
    Sample(path: "slips-flows/test3-mixed.binetflow", form: "binetflow", rows: 89, features: 24),
    Sample(
      path: "slips-flows/test5-mixed.binetflow", form: "binetflow", rows: 300, features: 24,
      classes: ["malicious": 277]),
    Sample(
      path: "slips-flows/test6-malicious.suricata.json", form: "suricata-eve-flow", rows: 5_000,
      features: 25, classes: ["not-alerted": 3_146, "alerted": 366], isTrainable: true),
    Sample(
      path: "unsw-nb15/UNSW_NB15_training-set.csv", form: "unsw-45", rows: 82_332, features: 40,
      classes: [
        "Normal": 37_000, "Reconnaissance": 3496, "Backdoor": 583, "DoS": 4089, "Exploits": 11_132,
        "Analysis": 677, "Fuzzers": 6062, "Worms": 44, "Shellcode": 378, "Generic": 18_871,
      ], isTrainable: true),
  ]

  private func path(_ name: String) -> String { sharedData.appending(path: "csv/\(name)").path }

  @Test(arguments: samples) func formRowsAndClasses(_ sample: Sample) throws {
    let file = path(sample.path)
    let description: TableDescription
    do throws(DataError) {
      let loaded = try FlowTables.load([file])
      try FlowTables.requireTrainable(loaded.table)
      #expect(sample.isTrainable)
      #expect(loaded.table.rowCount == loaded.table.account.used)
      #expect(loaded.table.matrix.columnCount == sample.features)
      if sample.form == "cic-corrected-91" { expectSums(loaded.table) }
      description = loaded.descriptions[0]
    } catch {
      #expect(!sample.isTrainable, "\(error)")
      #expect(error.exitCode == 65 && error.file == file && !error.remedy.isEmpty)
      description = try FlowTables.describe(file)
    }
    #expect(description.form == sample.form)
    #expect(description.rows.read == sample.rows)
    #expect(addsUp(description.rows))
    #expect(
      Dictionary(uniqueKeysWithValues: description.classes.map { ($0.name, $0.rows) })
        == sample.classes)
    let features = description.columns.filter { ["feature", "derived"].contains($0.role) }
    #expect(features.count == sample.features)
    #expect(Set(features.map(\.name)).count == features.count)
  }

  private func expectSums(_ table: LabeledTable) {
    #expect(table.column("flow_duration").reduce(0, +) == SampleSums.duration)
    #expect(table.column("forward_packet_count").reduce(0, +) == SampleSums.forwardPackets)
    let rates = table.column("flow_bytes_per_second").reduce(0, +)
    #expect(abs(rates / SampleSums.bytesPerSecond - 1) < 1e-12)
    #expect(table.account.nonfinite["forward_header_length_total"] == ["wrapped": 9])
    #expect(table.account.nonfinite["backward_header_length_total"] == ["wrapped": 10])
  }

  private func addsUp(_ account: RowAccount) -> Bool {
    account.read == account.used + account.dropped.values.reduce(0, +)
  }

  /// What is no flow table says so.
  @Test(arguments: [
    "nsl-kdd/Attack_Types.csv", "nsl-kdd/Field_Names.csv", "nsl-kdd/ReadMe.txt",
    "slips-flows/test1-malicious.nfdump",
  ])
  func noFlowTables(_ name: String) {
    #expect {
      try FlowTables.describe(path(name))
    } throws: { error in
      (error as? DataError)?.exitCode == 65
    }
  }

  /// One flow stands in both releases of CIC-IDS2017 (DATASETS.md 5.1).
  @Test func timesOfBothReleasesAgree() throws {
    let original = try FlowTables.read([
      path("cic-ids2017/85col-original/Friday-DDos_head299.csv")
    ])
    let row = try #require(
      (0..<original.rowCount).first {
        original.identity.column("flow_id")?[$0] == "192.168.10.16-199.244.48.55-42134-443-6"
      })
    // 2017-07-07T18:30Z, whose minute the original does not resolve.
    #expect(original.identity.startTimes[row] == 1_499_452_200_000_000_000)
    #expect(original.column("flow_duration")[row] == 152_273)
    #expect(Set(original.identity.connections).count < original.rowCount)
  }

  // MARK: Golden outputs of other programs

  static let golden = [
    "cicflowmeter_engelen": "cicflowmeter-engelen-94",
    "cicflowmeter_java_202002_be803cb": "cicflowmeter-202002-84",
    "cicflowmeter_java_v3_201802": "cicflowmeter-v3-84",
    "cicflowmeter_java_v4": "cicflowmeter-v4-84",
    "cicflowmeter_py_0.2.0": "cicflowmeter-python-82",
    "cicflowmeter_py_0.4.2": "cicflowmeter-python-82",
    "flowmeter": "flowmeter-39", "flowmeter_localip": "flowmeter-39",
    "nfstream_default": "nfstream", "nfstream_stat_splt": "nfstream",
  ]

  @Test(arguments: golden.keys.sorted()) func outputsOfExtractors(_ folder: String) throws {
    let root = sharedData.appending(path: "golden/extractors/\(folder)")
    let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    #expect(!names.isEmpty)
    for name in names where name.hasSuffix(".csv") {
      let file = root.appending(path: name).path
      if try Data(contentsOf: URL(filePath: file)).isEmpty {
        #expect(throws: DataError.self) { try FlowTables.describe(file) }
        continue
      }
      let description = try FlowTables.describe(file)
      #expect(description.form == SampleTests.golden[folder], "\(name)")
      #expect(addsUp(description.rows), "\(name)")
    }
  }

  @Test(arguments: [("cicflowmeter_py_0.2.0", 1_557_035.0), ("cicflowmeter_py_0.4.2", 1_557_035.0)])
  func timesOfThePythonExtractorAreMicroseconds(_ folder: String, _ duration: Double) throws {
    var options = TableReadingOptions()
    options.keepsUnlabeledRows = true
    let table = try FlowTables.read(
      [sharedData.appending(path: "golden/extractors/\(folder)/cic_test.csv").path],
      options: options)
    #expect(table.column("flow_duration")[0] == duration)
  }

  @Test func outputsOfRustiFlowExperiments() throws {
    let root = sharedData.appending(path: "golden/rustiflow-experiments/concap/completed")
    let forms = [
      "cicflowmeter.csv": "cicflowmeter-engelen-94", "rustiflow-cic.csv": "cicflowmeter-engelen-94",
      "nfstream.csv": "nfstream", "rustiflow-nfstream.csv": "nfstream",
      "rustiflow.csv": "rustiflow",
    ]
    for folder in try FileManager.default.contentsOfDirectory(atPath: root.path) {
      for (name, form) in forms {
        let description = try FlowTables.describe(
          root.appending(path: "\(folder)/\(name)").path)
        #expect(description.form == form, "\(folder)/\(name)")
        #expect(addsUp(description.rows))
      }
    }
  }

  @Test func baselinesOfZeek() throws {
    let root = sharedData.appending(path: "golden/zeek-conn/Baseline")
    var count = 0
    for folder in try FileManager.default.contentsOfDirectory(atPath: root.path) {
      let file = root.appending(path: "\(folder)/conn.log").path
      guard let text = try? String(contentsOfFile: file, encoding: .utf8),
        text.contains("#fields\t")
      else { continue }
      count += 1
      let description = try FlowTables.describe(file)
      #expect(description.form == "zeek-conn")
      let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      #expect(description.rows.read == lines.count, "\(folder)")
      #expect(addsUp(description.rows))
    }
    #expect(count > 80)
  }

  /// The first set-up of the corrected release and files of the original authors.
  @Test func otherGoldenTables() throws {
    let forms = [
      "cic-ids2017-sqli/improved_rows.csv": "cic-corrected-91",
      "cic-ids2017-sqli/original_rows_84col.csv": "cic2017-84",
      "deepfence-flowmeter/pkg/flowOutput/webgoat_flow_stats.csv": "flowmeter-39",
      "fuh-cicflowmeter/adapter/data/new_flows.csv": "cicflowmeter-python-82",
      "extractors/cicflowmeter_v3_authors/data_test_Flow.csv": "cicflowmeter-v3-84",
      "extractors/cicflowmeter_v3_authors/data_outtest.csv": "cicflowmeter-early-84",
      "extractors/cicflowmeter_v3_authors/data_test.pcap_CIC.csv": "cic2017-85",
    ]
    for (name, form) in forms {
      let description = try FlowTables.describe(sharedData.appending(path: "golden/\(name)").path)
      #expect(description.form == form, "\(name)")
      #expect(addsUp(description.rows))
    }
  }
}
