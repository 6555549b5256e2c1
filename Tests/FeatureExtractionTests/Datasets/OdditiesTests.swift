import FeatureExtraction
import FeatureTables
import Testing

/// Each oddity of the published files, made from bytes.
struct OdditiesTests {
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  /// A file of 79 columns whose named cells are given for each row.
  private func cic(_ rows: [[String: String]], end: String = "\n") -> String {
    AliasRow.file("cic2017-79", rows: rows.count, end: end) { column, row in
      let name = column.header.trimmingCharacters(in: .whitespaces)
      return rows[row][name] ?? AliasRow.plain(column, row, labels: ["BENIGN", "DDoS"])
    }
  }

  @Test func doubledFwdHeaderLength() throws {
    let table = try bytes.read(cic([[:], [:], [:]]))
    #expect(
      table.matrix.schema.features.filter { $0.name == "forward_header_length_total" }.count == 1)
    #expect(table.reason("Fwd Header Length") == .duplicate)
    #expect(table.account.remarks["duplicate_columns"] == 1)
    // The second copy alone is changed: it is the 56th column, counted from 1.
    var lines = cic([[:], [:], [:]]).components(separatedBy: "\n")
    var cells = lines[2].components(separatedBy: ",")
    #expect(AliasRow.columns("cic2017-79")[55].header == " Fwd Header Length")
    cells[55] = "41"
    lines[2] = cells.joined(separator: ",")
    #expect {
      try bytes.read(lines.joined(separator: "\n"))
    } throws: { error in
      (error as? DataError)?.place == .column("Fwd Header Length")
    }
  }

  @Test func infinityNaNInfAndEmptyCells() throws {
    let text = cic([
      ["Flow Bytes/s": "Infinity", "Flow Packets/s": "inf"], ["Flow Bytes/s": "NaN"],
      ["Flow Bytes/s": ""], ["Flow Bytes/s": "-Infinity"], [:],
    ])
    let missing = try bytes.read(text)
    #expect(
      missing.column("flow_bytes_per_second").map(\.isNaN) == [true, true, true, true, false])
    #expect(
      missing.account.nonfinite == [
        "flow_bytes_per_second": ["infinity": 1, "nan": 1, "empty": 1, "negative_infinity": 1],
        "flow_packets_per_second": ["infinity": 1],
      ])
    #expect(missing.settings["nonfinite"] == "missing")
    let zero = try bytes.read(text) { $0.nonfinite = .zero }
    #expect(zero.column("flow_bytes_per_second").prefix(4) == [0, 0, 0, 0])
    let drop = try bytes.read(text + cic([[:], [:]])) { $0.nonfinite = .drop }
    #expect(drop.account.dropped == ["nonfinite_rows": 4, "header_rows": 1])
    #expect {
      try bytes.read(text) { $0.nonfinite = .error }
    } throws: { error in
      (error as? DataError)?.place == .cell(line: 2, column: "flow_bytes_per_second")
    }
  }

  @Test func windowsOfMinusOneAreKeptAndCounted() throws {
    let table = try bytes.read(cic([["Init_Win_bytes_forward": "-1"], [:], [:]]))
    #expect(table.column("forward_initial_window_bytes")[0] == -1)
    #expect(table.account.remarks["no_window:forward_initial_window_bytes"] == 1)
  }

  @Test func rowsOfCommasOnly() throws {
    let commas = String(repeating: ",", count: 78)
    let table = try bytes.read(cic([[:], [:]]) + "\(commas)\n\(commas)\n")
    #expect(table.account.read == 4 && table.account.used == 2)
    #expect(table.account.dropped == ["empty_rows": 2])
  }

  @Test func raggedRows() throws {
    let text = cic([[:], [:]]) + "1,2,3\n"
    #expect {
      try bytes.read(text)
    } throws: { error in
      (error as? DataError)?.place == .line(4)
    }
    let table = try bytes.read(text) { $0.badRows = .skip }
    #expect(table.account.dropped == ["ragged_rows": 1])
  }

  @Test func quotedCellsAndByteOrderMark() throws {
    let text = cic([["Destination Port": "\"80\""], ["Label": "\"DDoS\""], ["Label": "\"BENIGN\""]])
    let table = try bytes.read([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    #expect(table.settings["form"] == "cic2017-79")
    #expect(table.classNames == ["BENIGN", "DDoS", "BENIGN"])
    #expect(try FlowTables.describe(bytes.folder.path("table.csv")).hasByteOrderMark)
  }

  /// The dash of the web attacks in all the ways it was written.
  @Test(
    arguments: [
      [0x96], Array("\u{96}".utf8), Array("\u{2013}".utf8), Array("\u{FFFD}".utf8),
      Array("\u{EF}\u{BF}\u{BD}".utf8), Array("-".utf8), [0x20, 0x20],
    ] as [[UInt8]])
  func dashesOfWebAttacks(_ dash: [UInt8]) throws {
    let label = Array("Web Attack ".utf8) + dash + Array(" XSS".utf8)
    let parts = cic([["Label": "?"], ["Label": "BENIGN"], ["Label": "Web Attack - XSS"]])
      .split(separator: "?", omittingEmptySubsequences: false)
    let table = try bytes.read(Array(parts[0].utf8) + label + Array(parts[1].utf8))
    #expect(table.labels.classes == ["BENIGN", "Web Attack - XSS"])
    #expect(table.labels.classCounts == [1, 2])
    #expect(table.account.remarks["unknown_labels"] == nil)
  }

  @Test func roundingOfLargeValues() throws {
    let rows = [
      ["Flow Duration": "60130920", "Fwd IAT Total": "60130920", "Flow IAT Max": "9999999"],
      ["Fwd IAT Total": "60100000", "Flow IAT Max": "1234567890"],
    ]
    let table = try bytes.read(cic(rows))
    #expect(table.column("flow_duration")[0] == 60_130_920, "the duration is exact in all files")
    #expect(table.column("forward_interarrival_time_total") == [60_100_000, 60_100_000])
    #expect(table.column("flow_interarrival_time_maximum") == [9_999_999, 1_230_000_000])
    #expect(table.account.remarks["rounded_values"] == 2)
    let exact = try bytes.read(cic(rows)) { $0.roundLarge = false }
    #expect(exact.column("forward_interarrival_time_total")[0] == 60_130_920)
  }

  @Test func headerLengthsThatWrapped() throws {
    let text = AliasRow.file("cic-corrected-91", rows: 4) { row, number in
      switch row.column {
      case "forward_header_length_total": return ["-20600", "2436", "68000", "8"][number]
      case "forward_packet_count": return ["2247", "3398", "3400", "1"][number]
      case "backward_header_length_total": return "9000"
      case "protocol": return ["6", "6", "6", "17"][number]
      default: return AliasRow.plain(row, number, labels: ["BENIGN", "DDoS"])
      }
    }
    let table = try bytes.read(text)
    #expect(table.column("forward_header_length_total").map(\.isNaN) == [true, true, false, false])
    #expect(table.account.nonfinite["forward_header_length_total"] == ["wrapped": 2])
    let dropped = try bytes.read(text) { $0.nonfinite = .drop }
    #expect(dropped.rowNumbers == [2, 3])
    #expect(dropped.account.dropped == ["nonfinite_rows": 2])
    #expect(dropped.identity.startTimes.count == dropped.rowCount)
  }

  @Test func icmpThatDoesNotApply() throws {
    let text = AliasRow.file("cic-corrected-91", rows: 3) { row, number in
      row.column == "icmp_type"
        ? ["-1", "8", "8.0"][number] : AliasRow.plain(row, number, labels: ["BENIGN", "DDoS"])
    }
    #expect(try bytes.read(text).names("icmp_type") == ["none", "8", "8"])
  }
}
