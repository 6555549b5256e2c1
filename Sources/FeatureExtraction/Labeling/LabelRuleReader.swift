import FeatureTables
import Foundation

/// Reads a rule file:
///
///     version: 1
///     description: what it is for # may be absent, as every key of the file but version
///     default: benign             # label of flows that no rule matches
///     time_zone: America/Halifax  # of times without an offset: a zone, or +03:00; UTC by default
///     rules:
///       - name: ssh guessing      # every key may be absent, but name or label
///         label: SSH-Patator
///         category: brute force
///         technique: T1110.001
///         from: 2017-07-04 14:00  # the flow starts at or after ...
///         to: 2017-07-04T15:00:00.5Z
///         source: 172.16.0.1      # one or a list, address or CIDR
///         destination: [192.168.10.0/24, "2001:db8::/32"]
///         source_ports: 1024-65535
///         destination_ports: [22, 2222]
///         protocol: tcp           # one or a list, name or number
///         direction: forward      # or reverse; either by default
///         where:                  # features of the flow: a number, a list of numbers, or bounds
///           forward_packet_count: {at_least: 3, less_than: 20}
///         rules:                  # each has the keys above where it does not give them itself
///           - label: SSH-Patator - Attempted
///             where: {forward_packet_length_total: 0}
///
/// A rule goes before those inside it, so that they overrule it. One that has rules and no label
/// only lends its keys. JSON of the same shape is YAML, too.
struct LabelRuleReader {
  let file: String

  private static let fileKeys: Set = ["version", "description", "default", "time_zone", "rules"]
  private static let innerKeys: Set = [
    "name", "label", "category", "technique", "from", "to", "source", "destination",
    "source_ports", "destination_ports", "protocol", "direction", "where",
  ]
  private static let ruleKeys = innerKeys.union(["rules"])

  func read(_ bytes: [UInt8]) throws(DataError) -> LabelRules {
    let root = try RuleDocument(file: file, bytes: bytes).root()
    let entries = try root.mapping(keys: LabelRuleReader.fileKeys)
    guard let version = entries["version"], try version.text() == "1" else {
      throw (entries["version"] ?? root).error(
        entries["version"] == nil ? "has no 'version'" : "must be 1",
        remedy: "begin the file with 'version: 1'")
    }
    let zone = try entries.value("time_zone") { (node) throws(DataError) in try node.timeZone() }
    var rules: [LabelRule] = []
    for (index, node) in try (entries["rules"]?.sequence() ?? []).enumerated() {
      try append(node, number: index + 1, zone: zone ?? .gmt, to: &rules)
    }
    return LabelRules(
      file: file, digest: Digest.hexadecimal(bytes), description: try entries.text("description"),
      defaultLabel: try entries.text("default"), rules: rules)
  }

  /// A rule, then those inside it.
  private func append(
    _ node: RuleNode, number: Int, zone: TimeZone, to rules: inout [LabelRule]
  ) throws(DataError) {
    let entries = try node.mapping(keys: LabelRuleReader.ruleKeys)
    let inner = try entries["rules"]?.sequence()
    var outer = LabelRule(name: "", label: "")
    try read(entries, zone, into: &outer)
    let (name, label) = (try entries.text("name"), try entries.text("label"))
    if label != nil || inner == nil {
      guard let label = label ?? name else {
        throw node.error("has neither a label nor a name", remedy: "add 'label: ...'")
      }
      outer.name = name ?? "rule \(number): \(label)"
      outer.label = label
      rules.append(outer)
    }
    for (index, node) in (inner ?? []).enumerated() {
      let entries = try node.mapping(keys: LabelRuleReader.innerKeys)
      var rule = outer
      try read(entries, zone, into: &rule)
      let name = try entries.text("name")
      guard let label = try entries.text("label") ?? (outer.label.isEmpty ? name : outer.label)
      else {
        throw node.error("has neither a label nor a name", remedy: "add 'label: ...'")
      }
      rule.name = name ?? "rule \(number).\(index + 1): \(label)"
      rule.label = label
      rules.append(rule)
    }
  }

  /// Sets what the keys say and leaves the rest. A bound that is inherited must fit as well.
  private func read(
    _ entries: [String: RuleNode], _ zone: TimeZone, into rule: inout LabelRule
  ) throws(DataError) {
    rule.category = try entries.text("category") ?? rule.category
    rule.technique = try entries.text("technique") ?? rule.technique
    let time = { (node: RuleNode) throws(DataError) in try node.time(zone) }
    rule.from = try entries.value("from", time) ?? rule.from
    rule.to = try entries.value("to", time) ?? rule.to
    if let from = rule.from, let to = rule.to, from > to,
      let node = entries["to"] ?? entries["from"]
    {
      throw node.error("ends the time before it begins", remedy: "exchange 'from' and 'to'")
    }
    let address = { (node: RuleNode) throws(DataError) in try node.addressRange() }
    let port = { (node: RuleNode) throws(DataError) in try node.portRange() }
    rule.sources = try entries.list("source", address).map(AddressSet.init) ?? rule.sources
    rule.destinations =
      try entries.list("destination", address).map(AddressSet.init) ?? rule.destinations
    rule.sourcePorts = try entries.list("source_ports", port) ?? rule.sourcePorts
    rule.destinationPorts = try entries.list("destination_ports", port) ?? rule.destinationPorts
    let number = { (node: RuleNode) throws(DataError) in try node.protocolNumber() }
    rule.protocols = try entries.list("protocol", number) ?? rule.protocols
    let direction = { (node: RuleNode) throws(DataError) in try node.direction() }
    rule.direction = try entries.value("direction", direction) ?? rule.direction
    let conditions = { (node: RuleNode) throws(DataError) in try node.conditions() }
    rule.conditions = try entries.value("where", conditions) ?? rule.conditions
  }
}

extension [String: RuleNode] {
  /// The text under a key; nil where there is no such key.
  fileprivate func text(_ key: String) throws(DataError) -> String? {
    try value(key) { (node) throws(DataError) in try node.text() }
  }

  fileprivate func value<Parsed>(
    _ key: String, _ parse: (RuleNode) throws(DataError) -> Parsed
  ) throws(DataError) -> Parsed? {
    guard let node = self[key] else { return nil }
    return try parse(node)
  }

  fileprivate func list<Parsed>(
    _ key: String, _ parse: (RuleNode) throws(DataError) -> Parsed
  ) throws(DataError) -> [Parsed]? {
    try value(key) { (node) throws(DataError) in try node.list().map(parse) }
  }
}
