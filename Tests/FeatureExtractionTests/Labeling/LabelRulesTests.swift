import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

private func rules(_ text: String) throws -> LabelRules {
  try LabelRules(bytes: Array(text.utf8), file: "rules.yaml")
}

/// One UDP flow each: source, destination, ports, time; labels and counts after the rules.
private func label(_ flows: [(String, UInt16, String, UInt16, Double)], _ text: String) throws
  -> (labels: [String?], account: [RuleAccount])
{
  var builder = CaptureBuilder(linkType: 101)
  for (source, sourcePort, destination, destinationPort, time) in flows {
    let packet = Frame.ipv4(
      source, destination, protocolNumber: 17, Frame.udp(sourcePort, destinationPort))
    builder.add(packet, at: time)
  }
  let folder = try TemporaryFolder()
  var options = ExtractionOptions()
  options.labels = .rules(try rules(text))
  var labels: [String?] = []
  let path = try folder.file("flows.pcap", builder.pcap())
  let account = try FlowExtraction.extract([path], options: options) { (row) throws(DataError) in
    labels.append(row.label)
  }
  return (labels, account.rules ?? [])
}

@Test func everyKeyIsRead() throws {
  let parsed = try rules(
    """
    version: 1
    default: benign
    time_zone: America/Halifax
    rules:
      - name: guessing
        label: SSH-Patator
        category: brute force
        technique: T1110.001
        from: 2017-07-04 14:00:00
        to: 2017-07-04T18:00:00.5Z
        source: 172.16.0.1
        destination: [192.168.10.0/24, "2001:db8::/32"]
        source_ports: 1024-65535
        destination_ports: [22, 2222 - 2223]
        protocol: [tcp, 17]
        direction: forward
      - label: everything
    """)
  #expect(parsed.defaultLabel == "benign")
  #expect(parsed.rules.count == 2)
  let rule = parsed.rules[0]
  #expect(rule.name == "guessing" && rule.label == "SSH-Patator")
  #expect(rule.category == "brute force" && rule.technique == "T1110.001")
  // Halifax is three hours behind in summer.
  #expect(rule.from == 1_499_187_600_000_000_000)
  #expect(rule.to == 1_499_191_200_500_000_000)
  #expect(rule.sourcePorts == [1_024...65_535])
  #expect(rule.destinationPorts == [22...22, 2_222...2_223])
  #expect(rule.protocols == [6, 17])
  #expect(rule.direction == .forward)
  #expect(parsed.rules[1].name == "rule 2: everything")
}

@Test func jsonIsReadAsWell() throws {
  let parsed = try rules(
    #"{"version": 1, "rules": [{"label": "scan", "destination_ports": ["1-1023", 8080]}]}"#)
  #expect(parsed.defaultLabel == nil)
  #expect(parsed.rules[0].destinationPorts == [1...1_023, 8_080...8_080])
}

@Test func lastMatchingRuleWinsAndMatchesAreCounted() throws {
  let (labels, account) = try label(
    [
      ("10.0.0.1", 1_000, "10.0.0.2", 53, 100), ("10.0.0.2", 53, "10.0.0.1", 1_001, 101),
      ("10.0.0.3", 1_002, "10.0.0.4", 80, 102), ("10.1.0.1", 1, "10.1.0.2", 2, 103),
    ],
    """
    version: 1
    default: benign
    rules:
      - {name: net, label: net, source: 10.0.0.0/24}
      - {name: dns, label: dns, destination: 10.0.0.2, destination_ports: 53}
      - {name: dns one way, label: dns, destination_ports: 53, direction: forward, source: 10.0.0.9}
      - {name: nothing, label: x, protocol: tcp}
    """)
  #expect(labels == ["dns", "dns", "net", "benign"])
  #expect(account.map(\.matches) == [3, 2, 0, 0])
  #expect(account.map(\.reversed) == [0, 1, 0, 0])
  #expect(account.map(\.labeled) == [1, 2, 0, 0])
}

@Test func bothEndsOfAWindowAreIncluded() throws {
  let flows = [0.0, 60, 61, 120, 121].enumerated().map { index, second in
    ("10.0.0.1", UInt16(index + 1), "10.0.0.2", UInt16(9), 1_499_256_000 + second)
  }
  let (labels, _) = try label(
    flows,
    """
    version: 1
    time_zone: "-03:00"
    rules:
      - {label: attack, from: "2017-07-05T09:01:00", to: "2017-07-05 12:02Z"}
    """)
  #expect(labels == [nil, "attack", "attack", "attack", nil])
}

@Test(arguments: [
  ("rules: []", "document"), ("version: 2\nrules: []", "version"),
  ("version: 1\nruels: []", "ruels"), ("version: 1\nrules: 3", "rules"),
  ("version: 1\nrules:\n  - name: a\n    sources: 1.2.3.4", "rules[1].sources"),
  ("version: 1\nrules:\n  - name: a\n  - name: b\n    source: 1.2.3", "rules[2].source"),
  ("version: 1\nrules:\n  - name: a\n    source: [1.2.3.4/33]", "rules[1].source[1]"),
  ("version: 1\nrules:\n  - name: a\n    source_ports: 70000", "rules[1].source_ports"),
  ("version: 1\nrules:\n  - name: a\n    destination_ports: 9-1", "rules[1].destination_ports"),
  ("version: 1\nrules:\n  - name: a\n    protocol: tpc", "rules[1].protocol"),
  ("version: 1\nrules:\n  - name: a\n    direction: back", "rules[1].direction"),
  ("version: 1\nrules:\n  - name: a\n    from: yesterday", "rules[1].from"),
  ("version: 1\nrules:\n  - name: a\n    from: 2017-02-30T00:00:00Z", "rules[1].from"),
  ("version: 1\nrules:\n  - category: c", "rules[1]"),
  ("version: 1\ntime_zone: Atlantis\nrules: []", "time_zone"),
  (
    "version: 1\nrules:\n  - name: a\n    from: 2017-07-05T10:00Z\n    to: 2017-07-05T09:00Z",
    "rules[1].to"
  ),
  ("version: 1\nrules:\n  - name: a\n    source: 10.0.0.1/8", "rules[1].source"),
  ("version: 1\nrules:\n  - name: a\n    source: []", "rules[1].source"),
  ("version: 1\nrules:\n  - name: a\n    from: [2017-07-05 10:00]", "rules[1].from"),
  ("version: 1\nrules:\n  - name: a\n    where: {}", "rules[1].where"),
  ("version: 1\nrules:\n  - name: a\n    where: {x: {}}", "rules[1].where.x"),
  ("version: 1\nrules:\n  - name: a\n    where: {x: many}", "rules[1].where.x"),
  ("version: 1\nrules:\n  - name: a\n    where: {x: [1, nan]}", "rules[1].where.x[2]"),
  ("version: 1\nrules:\n  - name: a\n    where: {x: {below: 3}}", "rules[1].where.x.below"),
  (
    "version: 1\nrules:\n  - name: a\n    where: {x: {less_than: [1]}}",
    "rules[1].where.x.less_than"
  ),
  ("version: 1\nrules:\n  - rules:\n      - category: c", "rules[1].rules[1]"),
  ("version: 1\nrules:\n  - rules:\n      - {name: c, rules: []}", "rules[1].rules[1].rules"),
  (
    """
    version: 1
    rules:
      - to: 2017-07-05T09:00Z
        rules:
          - {name: a, from: 2017-07-05T10:00Z}
    """, "rules[1].rules[1].from"
  ),
])
func errorsNameFileRuleAndKey(text: String, place: String) throws {
  let error = #expect(throws: DataError.self) { _ = try rules(text) }
  #expect(error?.exitCode == 65)
  #expect(error?.file == "rules.yaml")
  #expect(error?.remedy.isEmpty == false)
  guard case .path(let path) = error?.place else {
    Issue.record("no place: \(String(describing: error))")
    return
  }
  #expect(path.hasPrefix("\(place), line"), "\(path)")
}

@Test func errorsOfTheTextNameTheLine() throws {
  for (text, line) in [
    ("version: 1\nrules:\n  - name: [", 4), ("version: 1\n\nversion: 1", 1),
    ("version: 1\nrules: &r\n  - name: a\nx: *r", 4), ("%TAG ! tag:a,b:\n---\na: 1", 1),
    (String(repeating: "? \n", count: 50), 21),
  ] {
    let error = #expect(throws: DataError.self) { _ = try rules(text) }
    #expect(error?.place == .line(line), "\(text): \(String(describing: error))")
    #expect(error?.exitCode == 65)
    #expect(error?.remedy.isEmpty == false)
  }
}

@Test(arguments: ["", "a: [", "\u{0}\u{1}", "# nothing", "---\n---\n", "just text", "[1, 2]"])
func whatIsNoRuleFileIsRefused(text: String) {
  let error = #expect(throws: DataError.self) { _ = try rules(text) }
  #expect(error?.exitCode == 65)
}

@Test func rulesInsideRulesTakeOverWhatTheyDoNotSay() throws {
  let parsed = try rules(
    """
    version: 1
    description: an example
    rules:
      - label: DoS
        category: denial of service
        from: 2017-07-05T09:00Z
        to: 2017-07-05T10:00Z
        source: 10.0.0.1
        destination_ports: 80
        where: {packet_count: {at_least: 2}}
        rules:
          - label: DoS - Attempted
            where: {forward_packet_length_total: 0}
          - {name: late, from: 2017-07-05T09:30Z, destination_ports: [443], protocol: udp}
      - source: 10.0.0.2
        rules:
          - {name: one, technique: T1046}
          - {label: two, name: the second}
    """)
  #expect(parsed.description == "an example")
  let rules = parsed.rules
  #expect(
    rules.map(\.name)
      == ["rule 1: DoS", "rule 1.1: DoS - Attempted", "late", "one", "the second"])
  #expect(rules.map(\.label) == ["DoS", "DoS - Attempted", "DoS", "one", "two"])
  #expect(rules.prefix(3).allSatisfy { $0.category == "denial of service" && $0.to == rules[0].to })
  #expect(rules[1].from == rules[0].from && rules[1].destinationPorts == [80...80])
  #expect(rules[1].conditions == [FeatureCondition("forward_packet_length_total", [.equals([0])])])
  #expect(rules[2].conditions == rules[0].conditions && rules[2].protocols == [17])
  #expect(rules[2].destinationPorts == [443...443])
  #expect(rules[3].sources == rules[4].sources && rules[4].technique == nil)
}
