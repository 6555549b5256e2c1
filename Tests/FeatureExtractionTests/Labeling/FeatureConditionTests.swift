import FeatureExtraction
import FeatureTables
import Testing

private func trial(_ rule: String) throws -> RuleTrial {
  try RuleTrial("version: 1\ndefault: no\nrules:\n  - {name: yes, \(rule)}\n")
}

@Test(arguments: [
  ("20", [20.0], [19.0, 21]), ("[176, 20514]", [176, 20_514], [0, 177]),
  ("{equals: [1, 2]}", [1, 2], [3]), ("{at_least: 3}", [3, 4], [2.5]),
  ("{at_most: 3}", [3, -1], [3.5]), ("{more_than: 0, less_than: 282}", [1, 281], [0, 282]),
  ("{less_than: 1e3}", [999], [1_000, .infinity]), ("{at_least: 0}", [0], [.nan]),
])
func conditionsHoldForTheirValues(condition: String, holds: [Double], fails: [Double]) throws {
  let trial = try trial("where: {flow_duration: \(condition)}")
  let flow = try FlowIdentity.from("10.0.0.1", 1, to: "10.0.0.2", 2, at: 0)
  for value in holds { #expect(trial.label(flow, ["flow_duration": value]) == "yes", "\(value)") }
  for value in fails { #expect(trial.label(flow, ["flow_duration": value]) == "no", "\(value)") }
}

@Test func allConditionsMustHold() throws {
  let trial = try trial("where: {forward_packet_count: 5, backward_packet_count: 5}")
  let flow = try FlowIdentity.from("10.0.0.1", 1, to: "10.0.0.2", 2, at: 0)
  #expect(trial.label(flow, ["forward_packet_count": 5, "backward_packet_count": 5]) == "yes")
  #expect(trial.label(flow, ["forward_packet_count": 5]) == "no")
}

/// In a flow that runs against the rule, what the rule's source sent is the backward direction.
@Test func forwardMeansTheDirectionOfTheRule() throws {
  let values = ["forward_packet_length_total": 7.0, "backward_packet_length_total": 0]
  let against = try FlowIdentity.from("10.0.0.2", 80, to: "10.0.0.1", 9, at: 0)
  let with = try FlowIdentity.from("10.0.0.1", 9, to: "10.0.0.2", 80, at: 0)
  let ends = "source: 10.0.0.1, where: {forward_packet_length_total: 0}"
  #expect(try trial(ends).label(against, values) == "yes")
  #expect(try trial(ends).label(with, values) == "no")
  #expect(try trial("\(ends), direction: forward").label(against, values) == "no")
  #expect(try trial("\(ends), direction: reverse").label(against, values) == "yes")
  #expect(try trial("source: 10.0.0.1, direction: reverse").label(with, values) == "no")
  #expect(try trial("direction: reverse").label(with, values) == "yes", "without ends, both fit")
  // A rule without ends does not say which side is which: forward is the flow's own.
  #expect(
    try trial("where: {forward_packet_length_total: 0}").label(against, values) == "no")
}

@Test func featuresThatTheSetLacksAreAnErrorOfUsage() throws {
  let flowmeter = try FeatureSets.schema(named: "flowmeter")
  func error(_ rule: String, schema: FeatureSchema) -> DataError? {
    #expect(throws: DataError.self) {
      let rules = try LabelRules(
        bytes: Array("version: 1\nrules:\n  - {name: a, \(rule)}".utf8), file: "rules.yaml")
      _ = try RuleTrial(rules, schema: schema)
    }
  }
  let unknown = error("where: {wheels: 4}", schema: flowmeter)
  #expect(unknown?.exitCode == 64)
  #expect(unknown?.description.contains("'wheels'") == true)
  #expect(unknown?.description.contains("'flowmeter'") == true)
  #expect(unknown?.remedy.contains("no feature set has it") == true)

  let other = error("where: {packet_size_mean: 4}", schema: RuleTrial.schema)
  #expect(other?.remedy.contains("--features flowmeter") == true, "a set that has it is named")

  let ready = #expect(throws: DataError.self) {
    _ = try RuleTrial(LabelRules(named: "cic-ids2018"), schema: flowmeter)
  }
  // The set of 2017 has what the rule needs but not what others of the same rules need.
  #expect(ready?.problem.contains("forward_packet_length_total") == true)
  #expect(ready?.remedy.contains("--features cic or ") == true)
  #expect(ready?.remedy.contains("cic2017-compat") == false)

  let oneWay = FeatureSchema(
    identifier: "one way", version: 1, features: [Feature("forward_data_count", in: .packets)])
  let reversed = error("source: 10.0.0.1, where: {forward_data_count: 4}", schema: oneWay)
  #expect(reversed?.problem.contains("'backward_data_count' for flows that run against") == true)
  #expect(reversed?.remedy.contains("direction: forward") == true)
  #expect(throws: Never.self) {
    _ = try RuleTrial(
      LabelRules(
        bytes: Array(
          "version: 1\nrules:\n  - {name: a, where: {forward_data_count: 4}}".utf8),
        file: "rules.yaml"), schema: oneWay)
  }
}

/// Counts of parts add up to the counts of the whole, in whatever order.
@Test func countsOfBatchesAddUp() throws {
  let trial = try RuleTrial(
    """
    version: 1
    rules:
      - {name: net, source: 10.0.0.0/24}
      - {name: web, destination: 10.0.0.9, destination_ports: 80}
    """)
  var generator = SystemRandomNumberGenerator()
  let flows = try (0..<500).map { _ in
    try FlowIdentity.from(
      "10.0.\(Int.random(in: 0...1, using: &generator)).\(Int.random(in: 1...9, using: &generator))",
      80, to: "10.0.0.\(Int.random(in: 1...9, using: &generator))", 80, at: 0)
  }
  var whole = trial.noCounts
  for flow in flows { _ = trial.label(flow, RuleTrial.features.map { _ in 0 }, counting: &whole) }
  var sum = trial.noCounts
  for start in stride(from: 400, through: 0, by: -100) {
    var part = trial.noCounts
    for flow in flows[start..<start + 100] {
      _ = trial.label(flow, RuleTrial.features.map { _ in 0 }, counting: &part)
    }
    sum += part
  }
  #expect(sum == whole)
  let account = trial.account(sum)
  #expect(account.map(\.matches).reduce(0, +) > 0)
  #expect(account.map(\.labeled).reduce(0, +) <= 500)
}
