import FeatureTables
import Foundation
import Yams

/// A value in a rule file with the path that leads to it, so that errors name the place.
struct RuleNode {
  let file: String
  /// Such as `rules[3].source`; rules count from 1.
  let path: String
  let node: Node

  func error(_ problem: String, remedy: String) -> DataError {
    let line = node.mark.map { ", line \($0.line)" } ?? ""
    return DataError(
      file: file, place: .path((path.isEmpty ? "document" : path) + line), problem: problem,
      remedy: remedy)
  }

  /// The entries of a mapping in the order of the file.
  /// - Throws: `DataError` where it is none.
  func entries() throws(DataError) -> [(name: String, value: RuleNode)] {
    guard let mapping = node.mapping else {
      throw error("is not a mapping", remedy: "write 'key: value' lines")
    }
    return mapping.map { key, value in
      let name = key.scalar?.string ?? ""
      let path = path.isEmpty ? name : "\(path).\(name)"
      return (name, RuleNode(file: file, path: path, node: value))
    }
  }

  /// The entries of a mapping.
  /// - Throws: `DataError` where it is none, or has a key that is not in `keys`.
  func mapping(keys: Set<String>) throws(DataError) -> [String: RuleNode] {
    var entries: [String: RuleNode] = [:]
    for (name, value) in try self.entries() {
      guard keys.contains(name) else {
        throw value.error(
          "is not known", remedy: "the keys here are: \(keys.sorted().joined(separator: ", "))")
      }
      entries[name] = value
    }
    return entries
  }

  /// The elements of a list.
  func sequence() throws(DataError) -> [RuleNode] {
    guard let sequence = node.sequence else {
      throw error("is not a list", remedy: "begin each entry with '- '")
    }
    return sequence.enumerated().map { index, element in
      RuleNode(file: file, path: "\(path)[\(index + 1)]", node: element)
    }
  }

  /// The elements of a list, or the value itself where it is no list.
  /// - Throws: `DataError` where the list is empty.
  func list() throws(DataError) -> [RuleNode] {
    guard node.sequence != nil else { return [self] }
    let elements = try sequence()
    guard !elements.isEmpty else {
      throw error("is an empty list", remedy: "leave the key out where everything fits")
    }
    return elements
  }

  /// A single value as it is written.
  func text() throws(DataError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw error("is not a single value", remedy: "write one value, or leave the key out")
    }
    return text
  }
}

/// What the values of a rule mean.
extension RuleNode {
  func addressRange() throws(DataError) -> AddressRange {
    let text = try text()
    guard let range = AddressRange(text) else {
      throw error(
        "'\(text)' is neither an address nor a block of addresses",
        remedy: "write 192.168.10.50, 10.0.0.0/8 or 2001:db8::/32")
    }
    guard range.first == text.split(separator: "/").first.flatMap({ IPAddress(String($0)) }) else {
      throw error(
        "'\(text)' has bits behind its prefix",
        remedy: "write \(range) for the block, or the address alone")
    }
    return range
  }

  func portRange() throws(DataError) -> ClosedRange<UInt16> {
    let text = try text()
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { UInt16($0.trimmingCharacters(in: .whitespaces)) }
    if ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first <= last {
      return first...last
    }
    throw error(
      "'\(text)' is neither a port nor a range of ports", remedy: "write 80 or 8000-8999")
  }

  func protocolNumber() throws(DataError) -> UInt8 {
    let text = try text()
    if let number = UInt8(text) ?? IPProtocol.numbersByName[text.lowercased()] { return number }
    let names = IPProtocol.numbersByName.keys.sorted().joined(separator: ", ")
    throw error(
      "'\(text)' is no IP protocol", remedy: "write a number from 0 to 255, or one of: \(names)")
  }

  func direction() throws(DataError) -> LabelRule.Direction {
    let text = try text()
    if let direction = LabelRule.Direction(rawValue: text) { return direction }
    throw error("'\(text)' is no direction", remedy: "write 'either', 'forward' or 'reverse'")
  }

  func timeZone() throws(DataError) -> TimeZone {
    let text = try text()
    if let offset = TimestampParser.offset(text) ?? (text == "UTC" ? 0 : nil),
      let zone = TimeZone(secondsFromGMT: Int(offset))
    {
      return zone
    }
    if let zone = TimeZone(identifier: text) { return zone }
    throw error(
      "'\(text)' is no time zone", remedy: "write a name such as America/Halifax, or +03:00")
  }

  /// Nanoseconds since 1970 UTC.
  func time(_ zone: TimeZone) throws(DataError) -> Int64 {
    let text = try text()
    if let time = TimestampParser.nanoseconds(text, zone: zone) { return time }
    throw error(
      "'\(text)' is no time", remedy: "write 2017-07-04T14:00:00 or 2017-07-04T17:00:00Z")
  }

  /// Conditions on features: each a number, a list of numbers, or bounds.
  func conditions() throws(DataError) -> [FeatureCondition] {
    let entries = try entries()
    guard !entries.isEmpty else {
      throw error("names no feature", remedy: "write 'where: {packet_count: {at_least: 3}}'")
    }
    return try entries.map { (entry) throws(DataError) in
      guard entry.value.node.mapping != nil else {
        return FeatureCondition(entry.name, [.equals(try entry.value.numbers())])
      }
      return FeatureCondition(entry.name, try entry.value.tests())
    }
  }

  private static let testKeys: Set = ["equals", "at_least", "at_most", "more_than", "less_than"]

  private func tests() throws(DataError) -> [FeatureCondition.Test] {
    let entries = try mapping(keys: RuleNode.testKeys).sorted { $0.key < $1.key }
    guard !entries.isEmpty else {
      throw error(
        "says nothing about the feature", remedy: "write a number, or bounds: {at_least: 3}")
    }
    return try entries.map { (key, node) throws(DataError) in
      switch key {
      case "equals": .equals(try node.numbers())
      case "at_least": .atLeast(try node.number())
      case "at_most": .atMost(try node.number())
      case "more_than": .moreThan(try node.number())
      default: .lessThan(try node.number())
      }
    }
  }

  private func numbers() throws(DataError) -> [Double] {
    try list().map { (node) throws(DataError) in try node.number() }
  }

  private func number() throws(DataError) -> Double {
    let text = try text()
    if let number = Double(text), number.isFinite { return number }
    throw error("'\(text)' is no number", remedy: "write a number such as 20 or 0.5")
  }
}
