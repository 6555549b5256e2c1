import Foundation
import TestSupport
import Testing

/// Captures become a model in one step, and a verdict on every flow of another.
struct CaptureModelTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectModel(benign: String, malicious: String, third: String) throws {
    let model = folder.path("model.json")
    let text = try Tool.flowmeter(
      ["train", "--benign", benign, "--malicious", malicious, "-o", model])
    #expect(text.status == 0, "\(text.errors)")
    let plain = text.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(plain.contains("each class comes from captures of its own"))
    #expect(plain.contains("may have learned the capture instead of the traffic"))
    #expect(text.output.hasSuffix("model: \(model)\n"))

    let flows = try Tool.flowmeter(["extract", third, "--quiet"]).lines.count - 1
    let verdicts = try Tool.flowmeter(["classify", model, third, "--quiet"])
    #expect(verdicts.status == 0, "\(verdicts.errors)")
    #expect(verdicts.lines.count == flows)
    for (row, line) in verdicts.lines.enumerated() {
      let verdict = try JSONObject(line)
      #expect(verdict.number("row") == Double(row))
      #expect(["benign", "malicious"].contains(verdict.text("verdict")))
      let shares = try #require(verdict.object("probabilities"))
      #expect(abs((shares.number("benign") ?? 0) + (shares.number("malicious") ?? 0) - 1) < 1e-9)
      #expect(verdict.number("score") == shares.number("malicious"))
      #expect(verdict.text("source_address") != nil && verdict.text("community_id") != nil)
    }
    let table = try Tool.flowmeter(["classify", model, third, "--format", "csv", "--quiet"])
    #expect(table.lines.count == flows + 1)
    #expect(
      table.lines[0].hasSuffix("verdict,alarm,score,probability:benign,probability:malicious"))

    let judged = try Tool.flowmeter(
      ["evaluate", model, "--benign", benign, "--malicious", third, "--json", "--quiet"]
    ).json()
    #expect(
      judged.findingKinds.isSuperset(of: ["class_from_one_capture", "connection_across_split"]))
  }

  @Test func madeCaptures() throws {
    try expectModel(
      benign: folder.file("a.pcap", SmallCaptures.capture(flows: 40, payload: 200).pcap()),
      malicious: folder.file("b.pcap", SmallCaptures.capture(flows: 40, payload: 2).pcap()),
      third: folder.file("c.pcapng", SmallCaptures.capture(flows: 9, payload: 70).pcapng()))
  }

  @Test(.enabled(if: sharedDataIsExpected)) func realCaptures() throws {
    func capture(_ name: String) -> String { sharedData.appending(path: "pcap/\(name)").path }
    try expectModel(
      benign: capture("lucid-ddos/sample-dataset/CIC-DDoS-2019-WebDDoS.pcap"),
      malicious: capture("rustiflow-experiments/concap/completed/nmap-a-t4/dump.pcap"),
      third: capture("esnet-curated/attacks/scanners/nmap/nmap_80_all.pcap"))
  }

  @Test func withoutValidationTheWarningStands() throws {
    let benign = try folder.file("a.pcap", SmallCaptures.capture(flows: 40, payload: 200).pcap())
    let malicious = try folder.file("b.pcap", SmallCaptures.capture(flows: 40, payload: 2).pcap())
    let result = try Tool.flowmeter(
      ["train", "--benign", benign, "--malicious", malicious, "--validation", "none"]
        + ["-o", folder.path("model.json")])
    #expect(result.output.contains("[class_from_one_capture]"), "\(result.errors)")
  }

  /// A model reads captures as those were read that it learned from.
  @Test func modesOfDecodingArePinned() throws {
    let benign = try folder.file(
      "a.pcap", SmallCaptures.capture(flows: 40, payload: 200).pcap())
    let malicious = try folder.file(
      "b.pcap", SmallCaptures.capture(flows: 40, payload: 2).pcap())
    let model = folder.path("model.json")
    let trained = try Tool.flowmeter(
      ["train", "--benign", benign, "--malicious", malicious, "--tunnels", "inner", "-o", model])
    #expect(trained.status == 0, "\(trained.errors)")
    let text = String(decoding: try folder.bytes("model.json"), as: UTF8.self)
      .replacing(/,\s*"digest": ?"[0-9a-f]*"/, with: "")
    let setting = try #require(text.firstRange(of: /"tunnels": ?"inner"/))
    #expect(text.contains(/"fragments": ?"join"/))
    #expect(try Tool.flowmeter(["classify", model, benign, "--quiet"]).status == 0)
    let unknown = try folder.file(
      "later.json", text.replacingCharacters(in: setting, with: "\"tunnels\": \"middle\""))
    let refused = try Tool.flowmeter(["classify", unknown, benign, "--quiet"])
    #expect(refused.status == 65 && refused.errors.contains("'middle'"), "\(refused.errors)")
    let other = ["classify", model, benign, "--tunnels", "outer", "--quiet"]
    let different = try Tool.flowmeter(other)
    #expect(different.status == 65 && different.errors.contains("tunnels outer"))
    #expect(try Tool.flowmeter(other + ["--allow-different-definitions"]).status == 0)
  }

  @Test func theUseOfVLANsIsPinned() throws {
    func capture(_ name: String, payload: Int) throws -> String {
      var capture = SmallCaptures.capture(flows: 40, payload: payload)
      // The second half of the frames in another VLAN: half of the flows, and one cut in two.
      for index in capture.packets.indices {
        let frame = capture.packets[index].bytes
        let tag: [UInt8] = [0x81, 0, 0, index < capture.packets.count / 2 ? 3 : 4]
        capture.packets[index].bytes = Array(frame[..<12]) + tag + Array(frame[12...])
      }
      return try folder.file(name, capture.pcap())
    }
    let benign = try capture("a.pcap", payload: 200)
    let model = folder.path("model.json")
    let trained = try Tool.flowmeter(
      ["train", "--benign", benign, "--malicious", capture("b.pcap", payload: 2)]
        + ["--vlan", "key", "-o", model])
    #expect(trained.status == 0, "\(trained.errors)")
    let same = try Tool.flowmeter(["classify", model, benign, "--quiet"])
    let extracted = try Tool.flowmeter(["extract", benign, "--vlan", "key", "--quiet"])
    #expect(same.status == 0 && same.lines.count == extracted.lines.count - 1, "\(same.errors)")
    #expect(extracted.lines[1].contains(/^[^,]*-[0-9]+-[34],/), "the VLAN ends the flow_id")
    let table = folder.path("flows.csv")
    #expect(try Tool.flowmeter(["extract", benign, "-o", table, "--quiet"]).status == 0)
    for other in [[benign, "--vlan", "ignore"], [table]] {
      let refused = try Tool.flowmeter(["classify", model, "--quiet"] + other)
      #expect(refused.status == 65, "\(refused.errors)")
      #expect(refused.errors.contains("vlan ignore, the model was trained with key"))
    }
    #expect(try Tool.flowmeter(["extract", benign, "--vlan", "both"]).status == 64)
  }
}
