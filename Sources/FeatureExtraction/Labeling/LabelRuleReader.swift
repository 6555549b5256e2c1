import FeatureTables
import Foundation
import Yams

/// Reads a rule file:
///
///     version: 1
///     default: benign            # label of flows that no rule matches; may be absent
///     time_zone: America/Halifax # of times without an offset: a zone, or +03:00; UTC by default
///     rules:
///       - name: ssh guessing     # every key may be absent, but name or label
///         label: SSH-Patator
///         category: brute force
///         technique: T1110.001
///         from: 2017-07-04 14:00 # the flow starts at or after ...
///         to: 2017-07-04T15:00:00.5Z
///         source: 172.16.0.1     # one or a list, address or CIDR
///         destination: [192.168.10.0/24, "2001:db8::/32"]
///         source_ports: 1024-65535
///         destination_ports: [22, 2222]
///         protocol: tcp          # one or a list, name or number
///         direction: forward     # either by default
///
/// JSON of the same shape is YAML, too.
struct LabelRuleReader {
  let file: String

  private static let fileKeys: Set = ["version", "default", "time_zone", "rules"]
  private static let ruleKeys: Set = [
    "name", "label", "category", "technique", "from", "to", "source", "destination",
    "source_ports", "destination_ports", "protocol", "direction",
  ]

  func read(_ bytes: [UInt8]) throws(DataError) -> LabelRules {
    let entries = try document(bytes).mapping(keys: LabelRuleReader.fileKeys)
    guard let version = entries["version"], try version.text() == "1" else {
      throw (entries["version"] ?? RuleNode(file: file, path: "version", node: "")).error(
        "must be 1", remedy: "begin the file with 'version: 1'")
    }
    let zone = try entries["time_zone"].map { (node) throws(DataError) in try node.timeZone() }
    let rules = try (entries["rules"]?.sequence() ?? []).enumerated().map {
      (index, node) throws(DataError) in
      try rule(node, number: index + 1, zone: zone ?? .gmt)
    }
    return LabelRules(
      file: file, digest: Digest.hexadecimal(bytes),
      defaultLabel: try entries["default"].map { (node) throws(DataError) in try node.text() },
      rules: rules)
  }

  private func document(_ bytes: [UInt8]) throws(DataError) -> RuleNode {
    do {
      let text = String(decoding: bytes, as: UTF8.self)
      if let root = try Yams.compose(yaml: text) {
        return RuleNode(file: file, path: "", node: root)
      }
    } catch {
      throw DataError(
        file: file, problem: "is neither YAML nor JSON: \(error)",
        remedy: "correct the place that is named")
    }
    throw DataError(
      file: file, problem: "is empty", remedy: "a rule file begins with 'version: 1'")
  }

  private func rule(
    _ node: RuleNode, number: Int, zone: TimeZone
  ) throws(DataError) -> LabelRule {
    let entries = try node.mapping(keys: LabelRuleReader.ruleKeys)
    func text(_ key: String) throws(DataError) -> String? {
      guard let entry = entries[key] else { return nil }
      return try entry.text()
    }
    func list<Value>(
      _ key: String, _ parse: (RuleNode) throws(DataError) -> Value
    ) throws(DataError) -> [Value] {
      guard let entry = entries[key] else { return [] }
      return try entry.list().map(parse)
    }
    let (name, label) = (try text("name"), try text("label"))
    guard let label = label ?? name else {
      throw node.error("has neither a label nor a name", remedy: "add 'label: ...'")
    }
    var rule = LabelRule(name: name ?? "rule \(number): \(label)", label: label)
    rule.category = try text("category")
    rule.technique = try text("technique")
    rule.from = try list("from") { (node) throws(DataError) in try node.time(zone) }.first
    rule.to = try list("to") { (node) throws(DataError) in try node.time(zone) }.first
    if let from = rule.from, let to = rule.to, from > to {
      throw node.error("ends before it begins", remedy: "exchange 'from' and 'to'")
    }
    rule.sources = try list("source") { (node) throws(DataError) in try node.addressRange() }
    rule.destinations = try list("destination") { (node) throws(DataError) in
      try node.addressRange()
    }
    rule.sourcePorts = try list("source_ports") { (node) throws(DataError) in
      try node.portRange()
    }
    rule.destinationPorts = try list("destination_ports") { (node) throws(DataError) in
      try node.portRange()
    }
    rule.protocols = try list("protocol") { (node) throws(DataError) in
      try node.protocolNumber()
    }
    rule.direction =
      try list("direction") { (node) throws(DataError) in
        try node.direction()
      }.first ?? .either
    return rule
  }
}
