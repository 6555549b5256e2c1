import FeatureExtraction
import FeatureTables
import Testing

/// One attack of a schedule, as a table of the data set's documentation has it: times in
/// milliseconds since 1970 UTC, both ends included.
struct ScheduledAttack: Sendable, CustomTestStringConvertible {
  let from, to: Int64
  let source: String
  let sourcePort: UInt16
  let destination: String
  let destinationPort: UInt16
  let protocolNumber: UInt8
  let label: String
  let values: [String: Double]
  /// Whether the rule takes flows that run against it.
  let isEither: Bool

  init(
    _ from: Int64, _ to: Int64, _ source: String, _ destination: String,
    _ destinationPort: UInt16, _ label: String, sourcePort: UInt16 = 40_000,
    protocolNumber: UInt8 = 6, isEither: Bool = true,
    _ values: [String: Double] = ["forward_packet_length_total": 500]
  ) {
    (self.from, self.to, self.source, self.sourcePort) = (from, to, source, sourcePort)
    (self.destination, self.destinationPort) = (destination, destinationPort)
    (self.protocolNumber, self.label, self.values) = (protocolNumber, label, values)
    self.isEither = isEither
  }

  var testDescription: String { "\(label) at \(from)" }

  private func label(_ milliseconds: Int64, isReversed: Bool, by trial: RuleTrial) throws -> String?
  {
    let time = milliseconds * 1_000_000
    guard isReversed else {
      let flow = try FlowIdentity.from(
        source, sourcePort, to: destination, destinationPort, protocolNumber, at: time)
      return trial.label(flow, values)
    }
    let flow = try FlowIdentity.from(
      destination, destinationPort, to: source, sourcePort, protocolNumber, at: time)
    let swapped = values.map { name, value in
      name.contains("forward")
        ? (name.replacing("forward", with: "backward"), value)
        : (name.replacing("backward", with: "forward"), value)
    }
    return trial.label(flow, Dictionary(uniqueKeysWithValues: swapped))
  }

  /// Inside, at a second before and after, in both directions, from and to other machines.
  func check(_ trial: RuleTrial) throws {
    // The table has milliseconds, the rules have nanoseconds.
    let inside = [from + 1, (from + to) / 2, to - 1]
    for time in inside where (from...to).contains(time) {
      #expect(try label(time, isReversed: false, by: trial) == label, "\(time)")
      #expect(
        try label(time, isReversed: true, by: trial) == (isEither ? label : "BENIGN"), "\(time)")
    }
    for time in [from - 1_000, to + 1_000] {
      #expect(try label(time, isReversed: false, by: trial) != label, "\(time)")
      #expect(try label(time, isReversed: true, by: trial) != label, "\(time)")
    }
    let middle = (from + to) / 2 * 1_000_000
    let other = try FlowIdentity.from(
      "192.0.2.1", sourcePort, to: destination, destinationPort, protocolNumber, at: middle)
    #expect(trial.label(other, values) == "BENIGN")
    let elsewhere = try FlowIdentity.from(
      source, sourcePort, to: "192.0.2.1", destinationPort, protocolNumber, at: middle)
    #expect(trial.label(elsewhere, values) == "BENIGN")
  }
}

private let attacker = "172.16.0.1"
private let web = "192.168.10.50"
private let outside = "205.174.165.73"
private let long = ["forward_packet_length_total": 500.0, "forward_packet_count": 200]

/// The schedule of CIC-IDS2017 as the corrected release has it.
private let schedule: [ScheduledAttack] = [
  .init(1_499_170_672_838, 1_499_174_416_931, attacker, web, 21, "FTP-Patator"),
  .init(1_499_188_141_050, 1_499_195_059_018, attacker, web, 22, "SSH-Patator"),
  .init(1_499_258_926_212, 1_499_258_927_000, attacker, web, 80, "DoS Slowloris - Attempted"),
  .init(1_499_258_934_539, 1_499_260_278_501, attacker, web, 80, "DoS Slowloris"),
  .init(1_499_260_537_937, 1_499_261_869_332, attacker, web, 80, "DoS Slowhttptest"),
  .init(1_499_262_203_195, 1_499_263_641_326, attacker, web, 80, "DoS Hulk"),
  .init(1_499_263_803_232, 1_499_264_408_916, attacker, web, 80, "DoS GoldenEye"),
  .init(
    1_499_278_335_651, 1_499_279_563_294, attacker, "192.168.10.51", 444, "Heartbleed",
    sourcePort: 45_022),
  .init(
    1_499_343_354_880, 1_499_343_531_179, attacker, web, 80,
    "Web Attack - Brute Force - Attempted"),
  .init(1_499_343_567_661, 1_499_346_011_622, attacker, web, 80, "Web Attack - Brute Force", long),
  .init(1_499_346_935_284, 1_499_348_121_342, attacker, web, 80, "Web Attack - XSS", long),
  .init(
    1_499_348_127_853, 1_499_348_145_721, attacker, web, 80,
    "Web Attack - SQL Injection - Attempted", sourcePort: 36_184),
  .init(1_499_348_145_733, 1_499_348_575_320, attacker, web, 80, "Web Attack - SQL Injection"),
  .init(
    1_499_360_431_707, 1_499_360_445_729, attacker, "192.168.10.51", 25,
    "Infiltration - Portscan", sourcePort: 50_122),
  .init(
    1_499_361_228_831, 1_499_361_301_251, "192.168.10.9", outside, 444, "Infiltration - Attempted"),
  .init(1_499_361_542_547, 1_499_366_769_365, "192.168.10.8", outside, 444, "Infiltration"),
  .init(
    1_499_362_410_884, 1_499_362_444_285, "192.168.10.8", "192.168.10.5", 139,
    "Infiltration - Portscan", isEither: false),
  .init(1_499_363_616_454, 1_499_371_339_348, "192.168.10.25", outside, 444, "Infiltration"),
  .init(
    1_499_364_314_425, 1_499_366_764_332, "192.168.10.8", "192.168.10.19", 22,
    "Infiltration - Portscan", isEither: false),
  .init(1_499_432_653_991, 1_499_436_122_904, "192.168.10.14", outside, 8_080, "Botnet"),
  .init(
    1_499_436_180_000, 1_499_457_684_607, "192.168.10.15", outside, 8_080, "Botnet - Attempted"),
  .init(1_499_446_532_117, 1_499_447_948_582, attacker, web, 3_306, "Portscan"),
  .init(
    1_499_449_905_451, 1_499_451_841_699, attacker, web, 161, "Portscan", protocolNumber: 17),
  .init(1_499_453_791_797, 1_499_454_972_217, attacker, web, 80, "DDoS"),
]

@Test(arguments: schedule) func windowsOf2017(attack: ScheduledAttack) throws {
  try attack.check(RuleTrial(LabelRules(named: "cic-ids2017")))
}

/// The schedule as the release of 2021 has it, in local time: seconds of the day at UTC-3.
@Test(arguments: [
  (4, 33_420, 37_800, attacker, web, "FTP-Patator"),
  (4, 46_800, 58_260, attacker, web, "SSH-Patator"),
  (5, 8_580, 36_779, attacker, web, "DoS slowloris"),
  (5, 36_780, 38_280, attacker, web, "DoS Slowhttptest"),
  (5, 38_340, 40_140, attacker, web, "DoS Hulk"),
  (5, 40_200, 40_980, attacker, web, "DoS GoldenEye"),
  (6, 33_000, 36_720, attacker, web, "Web Attack - Brute Force"),
  (6, 36_780, 38_220, attacker, web, "Web Attack - XSS"),
  (6, 38_340, 38_700, attacker, web, "Web Attack - Sql Injection"),
  (6, 51_300, 57_000, "192.168.10.8", outside, "Infiltration"),
  (7, 34_200, 46_799, "192.168.10.17", "52.7.235.158", "Bot"),
  (7, 34_200, 46_799, "192.168.10.12", "52.6.13.28", "Bot"),
  (7, 45_000, 56_400, attacker, web, "PortScan"),
  (7, 56_401, 59_400, attacker, web, "DDoS"),
])
func windowsOfTheEarlierRelease(
  day: Int, from: Int, to: Int, source: String, destination: String, label: String
) throws {
  let midnight: Int64 = 1_498_878_000 + Int64(day - 1) * 86_400
  let attack = ScheduledAttack(
    (midnight + Int64(from)) * 1_000, (midnight + Int64(to)) * 1_000 + 999, source, destination,
    label == "Bot" ? 8_080 : 80, label)
  let trial = try RuleTrial(LabelRules(named: "cic-ids2017-2021"))
  try attack.check(trial)
  // Without payload a TCP flow is attempted, but for the scan.
  let flow = try FlowIdentity.from(
    source, 40_000, to: destination, label == "Bot" ? 8_080 : 80,
    at: (attack.from + attack.to) / 2 * 1_000_000)
  #expect(trial.label(flow) == (label == "PortScan" ? label : "\(label) - Attempted"))
}

@Test func botOfTheEarlierReleaseFromAnyHost() throws {
  let trial = try RuleTrial(LabelRules(named: "cic-ids2017-2021"))
  for (second, label) in [
    (1_499_430_599, "BENIGN"), (1_499_430_600, "Bot"), (1_499_443_199, "Bot"),
  ] {
    let time = Int64(second) * 1_000_000_000
    let flow = try FlowIdentity.from("192.168.10.15", 40_000, to: outside, 8_080, at: time)
    #expect(trial.label(flow, ["forward_packet_length_total": 9]) == label)
  }
}

@Test func everyReadyMadeRuleSaysWhatItIs() throws {
  #expect(ReadyMadeRules.names == ["cic-ids2017", "cic-ids2017-2021", "cic-ids2018"])
  for name in ReadyMadeRules.names {
    let rules = try LabelRules(named: name)
    #expect(rules.defaultLabel == "BENIGN" && rules.description?.isEmpty == false)
    #expect(Set(rules.rules.map(\.name)).count == rules.rules.count, "names tell rules apart")
    for rule in rules.rules {
      #expect(rule.category != nil && rule.technique != nil, "\(rule.name)")
      #expect(rule.from != nil && rule.to != nil, "\(rule.name)")
      #expect(!rule.sources.isEmpty || !rule.destinations.isEmpty, "\(rule.name)")
      #expect(rule.name.contains("Attempted") == rule.label.hasSuffix(" - Attempted"))
    }
  }
  let error = #expect(throws: DataError.self) { try LabelRules(named: "cic-ids2O17") }
  #expect(error?.exitCode == 66)
  #expect(error?.remedy.contains("cic-ids2017, cic-ids2017-2021, cic-ids2018") == true)
}
