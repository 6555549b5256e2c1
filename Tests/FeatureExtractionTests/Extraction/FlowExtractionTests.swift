import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// Some conversations, in order of time, microseconds whole.
private func traffic(seed: UInt64, packets: Int = 400) -> CaptureBuilder {
  var random = RandomGenerator(seed: seed)
  var builder = CaptureBuilder()
  var time: Int64 = 1_600_000_000_000_000_000
  for _ in 0..<packets {
    time += Int64(random.below(3_000_000)) * 1_000
    let (left, right) = ("10.0.0.\(1 + random.below(4))", "10.0.1.\(1 + random.below(3))")
    let isForward = random.below(2) == 0
    let payload = [UInt8](repeating: 1, count: random.below(300))
    let flags = [Frame.syn, Frame.ack, Frame.ack, Frame.fin | Frame.ack, Frame.rst][random.below(5)]
    let segment =
      isForward
      ? Frame.tcp(4_000, 80, flags: flags, payload) : Frame.tcp(80, 4_000, flags: flags, payload)
    let packet = Frame.ipv4(
      isForward ? left : right, isForward ? right : left, protocolNumber: 6, segment)
    builder.packets.append(.init(time: time, bytes: Frame.ethernet(0x0800, packet)))
  }
  return builder
}

/// Every column but `capture`, as text.
private func rows(_ paths: [String]) throws -> [String] {
  var rows: [String] = []
  _ = try FlowExtraction.extract(paths) { (row) throws(DataError) in
    let identity = IdentityColumn.allCases.filter { $0 != .capture }.map(row.text)
    rows.append((identity + row.values.map { $0.description }).joined(separator: ","))
  }
  return rows
}

@Test(arguments: 1...3 as ClosedRange<UInt64>)
func rowsDependOnThePacketsAlone(seed: UInt64) throws {
  let folder = try TemporaryFolder()
  let builder = traffic(seed: seed)
  let expected = try rows([try folder.file("plain.pcap", builder.pcap())])
  #expect(expected.count > 12)
  let forms: [[UInt8]] = [
    builder.pcap(bigEndian: true), builder.pcap(nanoseconds: true), builder.pcapng(),
    builder.pcapng(bigEndian: true, resolution: 6),
  ]
  for (index, form) in forms.enumerated() {
    #expect(try rows([try folder.file("form\(index)", form)]) == expected)
  }
  // Split into files that are given in the wrong order.
  var parts: [String] = []
  for part in 0..<4 {
    var piece = builder
    piece.packets = Array(builder.packets[part * 100..<part * 100 + 100])
    parts.append(
      try folder.file("part\(part)", part % 2 == 0 ? piece.pcap() : piece.pcapng()))
  }
  #expect(try rows(parts.reversed()) == expected)
}

/// Pipes can be read once only, also where several have to be put in order.
@Test func pipesAreReadOnce() throws {
  let folder = try TemporaryFolder()
  let builder = traffic(seed: 21)
  let expected = try rows([try folder.file("plain.pcap", builder.pcap())])
  var paths: [String] = []
  for part in 0..<2 {
    var piece = builder
    piece.packets = Array(builder.packets[part * 200..<part * 200 + 200])
    let (bytes, path) = (piece.pcap(), folder.url.appending(path: "pipe\(part)").path)
    #expect(unsafe mkfifo(path, 0o600) == 0)
    paths.append(path)
    Thread.detachNewThread {
      // Opening waits for the reader.
      try? FileHandle(forWritingTo: URL(filePath: path)).write(contentsOf: Data(bytes))
    }
  }
  #expect(try rows(paths.reversed()) == expected)
}

@Test func accountAddsUpAndNamesItsInputs() throws {
  let folder = try TemporaryFolder()
  var builder = traffic(seed: 9)
  for index in stride(from: 0, to: 400, by: 40) {
    builder.packets[index].bytes = Frame.ethernet(0x0806, [0, 1, 8, 0])
  }
  builder.packets[7].bytes = [1, 2]
  let first = try folder.file("first.pcap", builder.pcap())
  let second = try folder.file("second.pcapng", traffic(seed: 10).pcapng().dropLast(3))
  var options = ExtractionOptions()
  options.digestsInputs = true
  let (table, account) = try FlowExtraction.table([first, second], options: options)
  #expect(account.packets.read == 799)
  #expect(account.packets.skipped == ["not_ip": 10, "truncated_link_header": 1])
  #expect(account.packets.metered == 788)
  #expect(account.flows.written == table.rowCount)
  #expect(account.flows.ended.values.reduce(0, +) == table.rowCount)
  #expect(account.inputs.map(\.packets).reduce(0, +) == 799)
  #expect(Set(account.inputs.map { $0.ended.state }) == [.complete, .cut])
  #expect(account.inputs.allSatisfy { $0.sha256 == table.inputDigests[$0.file] })
  let bytes = try Data(contentsOf: URL(filePath: first))
  #expect(table.inputDigests[first] == Digest.hexadecimal([UInt8](bytes)))
  #expect(table.identity.columns.map(\.name) == IdentityColumn.allCases.map(\.rawValue))
  let json = try JSONEncoder().encode(account)
  let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
  #expect(Set(object.keys) == ["packets", "flows", "inputs"])
  #expect(try JSONDecoder().decode(ExtractionAccount.self, from: json) == account)
}

@Test func tableHoldsWhatRowsSay() throws {
  let folder = try TemporaryFolder()
  let path = try folder.file("a.pcap", traffic(seed: 4).pcap())
  let (table, _) = try FlowExtraction.table([path])
  var index = 0
  var options = ExtractionOptions()
  options.labels = .constant("benign")
  _ = try FlowExtraction.extract([path], options: options) { (row) throws(DataError) in
    #expect(row.values == table.matrix.row(index))
    #expect(row.text(.flowID) == table.identity.column("flow_id")?[index])
    #expect(row.flow.start == table.identity.startTimes[index])
    #expect(row.flow.connection == table.identity.connections[index])
    #expect(row.label == "benign")
    index += 1
  }
  #expect(index == table.rowCount)
  #expect(table.labels.codes.allSatisfy { $0 == Labels.unlabeled })
  // The parts of a connection share a value that others do not have.
  let names = (0..<table.rowCount).map { row in
    table.identity.column("source_address")![row]
      + table.identity.column("destination_address")![row]
  }
  #expect(Set(table.identity.connections).count <= Set(names).count)
}

@Test func capturesOfOneClassEachBecomeOneTable() throws {
  let folder = try TemporaryFolder()
  let good = try folder.file("good.pcap", traffic(seed: 5).pcap())
  let bad = try folder.file("bad.pcap", traffic(seed: 6).pcap())
  let (table, account) = try FlowExtraction.table([([good], "benign"), ([bad], "malicious")])
  #expect(table.labels.classes == ["benign", "malicious"])
  #expect(table.labels.classCounts.reduce(0, +) == table.rowCount)
  #expect(account.flows.written == table.rowCount)
  #expect(account.packets.read == 800)
  #expect(table.identity.sources == [good, bad])
  for row in 0..<table.rowCount {
    #expect(table.labels.codes[row] == table.identity.sourceIndices[row])
  }
}

@Test func nothingMeteredIsAnError() throws {
  let folder = try TemporaryFolder()
  var builder = CaptureBuilder()
  builder.add(Frame.ethernet(0x0806, [0, 1]), at: 1)
  builder.add([], at: 2)
  for (name, bytes) in [("arp.pcap", builder.pcap()), ("none.pcap", CaptureBuilder().pcap())] {
    let path = try folder.file(name, bytes)
    let error = #expect(throws: DataError.self) { _ = try FlowExtraction.table([path]) }
    #expect(error?.exitCode == 65)
    #expect(
      error?.problem == "none of 2 packets could be metered: not_ip 1, truncated_link_header 1"
        || error?.problem == "holds no packets")
  }
}

@Test func wrongOptionsAndInputsAreRefused() throws {
  let folder = try TemporaryFolder()
  let path = try folder.file("a.pcap", traffic(seed: 7).pcap())
  func exitCode(_ paths: [String], _ configure: (inout ExtractionOptions) -> Void) -> Int32? {
    var options = ExtractionOptions()
    configure(&options)
    let error = #expect(throws: DataError.self) {
      _ = try FlowExtraction.table(paths, options: options)
    }
    return error?.exitCode
  }
  #expect(exitCode([path]) { $0.featureSet = "flowmetre" } == 64)
  #expect(exitCode([path]) { $0.idleTimeout = 0 } == 64)
  #expect(exitCode([path]) { $0.activeTimeout = .nan } == 64)
  #expect(exitCode([path]) { $0.maximumFlows = 0 } == 64)
  #expect(exitCode([]) { _ in } == 64)
  #expect(exitCode(["\(path).not"]) { _ in } == 66)
  #expect(exitCode([folder.url.path]) { _ in } == 66)
  let error = #expect(throws: DataError.self) { _ = try FeatureSets.schema(named: "nothing") }
  #expect(error?.remedy.contains("flowmeter") == true)
}

@Test func sinkErrorsEndTheExtraction() throws {
  let folder = try TemporaryFolder()
  let path = try folder.file("a.pcap", traffic(seed: 8).pcap())
  var count = 0
  let error = #expect(throws: DataError.self) {
    _ = try FlowExtraction.extract([path]) { (_) throws(DataError) in
      count += 1
      throw DataError(.inputOutput, file: "out", problem: "full", remedy: "")
    }
  }
  #expect(error?.exitCode == 74)
  #expect(count == 1)
}

/// The account adds up on real captures of every kind.
@Test(.enabled(if: sharedDataIsExpected))
func accountAddsUpOnRealCaptures() throws {
  for path in sharedCaptures(every: 9) {
    do throws(DataError) {
      var rows = 0
      let account = try FlowExtraction.extract([path]) { (row) throws(DataError) in
        rows += 1
        #expect(row.values.allSatisfy { $0.isFinite })
      }
      #expect(
        account.packets.metered + account.packets.skipped.values.reduce(0, +)
          == account.packets.read, "\(path)")
      #expect(account.flows.written == rows)
      #expect(account.inputs[0].packets == account.packets.read)
    } catch {
      #expect(error.exitCode == 65, "\(path): \(error)")
    }
  }
}
