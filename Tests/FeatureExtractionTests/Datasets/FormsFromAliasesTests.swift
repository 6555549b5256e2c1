import FeatureExtraction
import FeatureTables
import Testing

/// Every form with a fixed order of columns, from a header built after the alias table.
struct FormsFromAliasesTests {
  static let forms = [
    "cic2017-85", "cic2017-79", "cic2017-84", "cic2017-53", "cic2017-78", "cic2017-20",
    "cic-corrected-91", "ddos2019-88", "cse2018-80", "cse2018-84", "cic-iot-85",
    "iot-underscored", "cicflowmeter-v4-84", "cicflowmeter-202002-84", "cicflowmeter-engelen-94",
  ]
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  @Test(arguments: forms) func headerIsRecognisedAndColumnsMatch(_ form: String) throws {
    let labels = form == "cic2017-20" ? ["0", "1"] : ["Benign", "Bot"]
    let text = AliasRow.file(form, rows: 4) { AliasRow.plain($0, $1, labels: labels) }
    let table = try bytes.read(text)
    #expect(table.settings["form"] == form)
    #expect(table.matrix.schema.identifier == form)
    #expect(table.account.read == 4 && table.account.used == 4)
    #expect(table.labels.classCounts == [2, 2])
    #expect(table.labels.benign.count == 1)
    let columns = AliasRow.columns(form)
    let wanted = columns.filter { $0.role == "feature" }.map(\.column)
    #expect(table.matrix.schema.features.filter { $0.kind == .numeric }.map(\.name) == wanted)
    let categorical = table.matrix.schema.features.filter { $0.kind == .categorical }.map(\.name)
    #expect(Set(categorical).isSubset(of: ["icmp_type", "icmp_code"]), "the protocol is optional")
    for column in columns where column.role == "identifier" || column.role == "leak" {
      let header = column.header.trimmingCharacters(in: .whitespaces)
      #expect(table.reason(header) != nil, "\(header) is left out with a reason")
    }
  }

  @Test(arguments: ["\r\n", "\r", "\n"]) func lineEndsAndTheLastOne(_ end: String) throws {
    let text = AliasRow.file("cic2017-79", rows: 3, end: end) {
      AliasRow.plain($0, $1, labels: ["BENIGN", "DDoS"])
    }
    let whole = try bytes.read(text)
    let open = try bytes.read(String(text.dropLast()))
    #expect(whole.rowCount == 3)
    #expect(whole.matrix == open.matrix && whole.labels == open.labels)
  }

  /// `Label` of DDoS2019 has a blank before it, numbers have exponents, text stands among zeros.
  @Test func ddos2019() throws {
    let text = AliasRow.file("ddos2019-88", rows: 4) { row, number in
      switch row.column {
      case "similar_http": return number == 0 ? "0" : "http://x.example/a"
      case "flow_bytes_per_second": return number == 1 ? "Infinity" : "4.58E8"
      case "start_time": return "2018-11-03 10:01:35.983831"
      default: return AliasRow.plain(row, number, labels: ["BENIGN", "DrDoS_LDAP"])
      }
    }
    let table = try bytes.read(text)
    #expect(AliasRow.columns("ddos2019-88").filter { $0.header.hasPrefix(" ") }.count > 60)
    #expect(table.labels.classes == ["BENIGN", "DrDoS_LDAP"])
    #expect(table.reason("SimillarHTTP") == .leak)
    #expect(table.reason("Inbound") == .leak)
    #expect(table.reason("Unnamed: 0") == .identifier)
    #expect(table.reason("Fwd Header Length.1") == .duplicate)
    #expect(table.column("flow_bytes_per_second")[0] == 4.58e8)
    #expect(table.account.nonfinite == ["flow_bytes_per_second": ["infinity": 1]])
  }

  /// Repeated header lines and times of CSE-CIC-IDS2018: day first, afternoon before 7, UTC-4.
  @Test func cse2018() throws {
    let times = ["14/02/2018 08:31:01", "14/02/2018 01:31:01"]
    let text = AliasRow.file("cse2018-84", rows: 2) { row, number in
      row.column == "start_time"
        ? times[number] : AliasRow.plain(row, number, labels: ["Benign", "Infilteration"])
    }
    let lines = text.split(separator: "\n")
    let table = try bytes.read(
      [lines[0], lines[1], lines[0], lines[2], lines[0]].joined(separator: "\n"))
    #expect(table.account.dropped == ["header_rows": 2])
    #expect(table.rowNumbers == [0, 2])
    // date -u -d '2018-02-14 12:31:01' +%s; the second row is at 17:31:01.
    #expect(table.identity.startTimes == [1_518_611_461_000_000_000, 1_518_629_461_000_000_000])
    #expect(table.labels.classes == ["Benign", "Infilteration"])
  }

  @Test func askedForIdentifiersBecomeFeatures() throws {
    let text = AliasRow.file("cic2017-85", rows: 4) {
      AliasRow.plain($0, $1, labels: ["BENIGN", "DDoS"])
    }
    let table = try bytes.read(text) {
      $0.includedFeatures = ["protocol", " Destination Port", "start_time"]
    }
    #expect(table.names("protocol") == ["6", "17", "6", "17"])
    #expect(table.names("destination_port").count == 4)
    #expect(table.column("start_time").count == 4)
    #expect(table.identity.column("protocol")?[1] == "17")
    #expect(table.settings["include_feature"] == "destination_port,protocol,start_time")
    #expect {
      try bytes.read(text) { $0.includedFeatures = ["nonsense"] }
    } throws: { error in
      (error as? DataError)?.exitCode == 64
    }
  }
}
