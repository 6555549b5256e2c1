import FeatureExtraction
import FeatureTables
import Testing

/// Whatever the bytes are, they give rules or an error, and soon.
struct HostileRuleTests {
  private static let example = """
    version: 1
    description: "an example"
    default: benign
    time_zone: America/Halifax
    rules:
      - name: guessing
        label: SSH-Patator
        from: 2017-07-04 14:00:00
        to: 2017-07-04T18:00:00.5Z
        source: [192.168.10.0/24, "2001:db8::/32"]
        destination_ports: 1024-65535
        protocol: [tcp, 17]
        where: {forward_packet_count: {at_least: 3, less_than: 1e9}}
        rules:
          - {label: other, direction: forward, where: {flow_duration: [1, 2]}}
    """

  private func read(_ bytes: [UInt8]) -> Bool {
    do throws(DataError) {
      _ = try LabelRules(bytes: bytes, file: "rules.yaml")
      return true
    } catch {
      #expect(error.exitCode == 65)
      return false
    }
  }

  @Test func everyPartOfAFile() {
    let bytes = Array(HostileRuleTests.example.utf8)
    #expect(read(bytes))
    for end in bytes.indices { _ = read(Array(bytes[..<end])) }
  }

  @Test func damagedBytes() {
    let bytes = Array(HostileRuleTests.example.utf8)
    var generator = SystemRandomNumberGenerator()
    let marks = Array("{}[]:,-?&*!|>'\"%@`#\n\t 0\u{0}".utf8) + [0x80, 0xC3, 0xFF]
    for _ in 0..<3_000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let position = Int.random(in: damaged.indices, using: &generator)
        let mark = marks[Int.random(in: marks.indices, using: &generator)]
        if Bool.random(using: &generator) {
          damaged[position] = mark
        } else {
          damaged.insert(mark, at: position)
        }
      }
      _ = read(damaged)
    }
  }

  @Test(arguments: [
    "[", "{", "- ", "? ", "a: ", "{a: ", "[{", "\"", "'", "!!", "&a ", "|\n", "{?", "- - ", "[[],",
    "{[", "%", "# ", "a\n", "{}: ",
  ])
  func repetitions(piece: String) {
    let text = "version: 1\nrules: " + String(repeating: piece, count: 100_000)
    let clock = ContinuousClock()
    #expect(clock.measure { _ = read(Array(text.utf8)) } < .seconds(20))
  }

  /// Eight anchors of nine aliases each are 9^8 values.
  @Test func aliasesOfAliases() {
    var text = "version: 1\nrules: &a0 [x]\n"
    for level in 1...8 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "k\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(!read(Array(text.utf8)))
  }

  /// A rule that lends many addresses to many others costs their sum, not their product.
  @Test func manyRulesInsideALargeOne() throws {
    let addresses = (0..<50_000).map { "10.\($0 >> 16).\($0 >> 8 & 255).\($0 & 255)" }
    let text =
      "version: 1\nrules:\n  - source: [\(addresses.joined(separator: ", "))]\n    rules: ["
      + Array(repeating: "{name: a}", count: 50_000).joined(separator: ", ") + "]"
    let clock = ContinuousClock()
    var rules: LabelRules?
    let time = try clock.measure {
      rules = try LabelRules(bytes: Array(text.utf8), file: "rules.yaml")
    }
    #expect(rules?.rules.count == 50_000)
    #expect(time < .seconds(20))
  }

  @Test func sizesBeyondMeasure() {
    #expect(!read(Array(repeating: UInt8(ascii: " "), count: 5 << 20)))
    let digits = String(repeating: "9", count: 100_000)
    for key in ["version", "rules", "default"] { _ = read(Array("\(key): \(digits)".utf8)) }
    for key in ["from", "to", "destination_ports", "protocol", "source", "where: {x"] {
      let end = key.hasSuffix("x") ? "}" : ""
      #expect(!read(Array("version: 1\nrules:\n  - name: a\n    \(key): \(digits)\(end)".utf8)))
    }
  }
}
