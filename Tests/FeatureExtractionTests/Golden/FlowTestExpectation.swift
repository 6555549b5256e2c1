import Foundation

/// One flow of a validation file of CESNET FlowTest.
struct FlowTestExpectation {
  private(set) var values: [String: String] = [:]

  subscript(_ name: String) -> String? { values[name] }

  /// The flows of a file: a list of mappings below `flows`, of which only the first level counts.
  static func all(in file: URL) throws -> [FlowTestExpectation] {
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    var flows: [FlowTestExpectation] = []
    var isInside = false
    for line in text.split(whereSeparator: \.isNewline) {
      if !line.hasPrefix(" ") { isInside = line == "flows:" }
      guard isInside else { continue }
      if line.hasPrefix("  - ") { flows.append(FlowTestExpectation()) }
      guard line.hasPrefix("  - ") || line.hasPrefix("    "), !flows.isEmpty,
        let colon = line.firstIndex(of: ":"), line.dropFirst(4).first?.isLetter == true
      else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: [" ", "\""])
      flows[flows.count - 1].values[String(line[..<colon].dropFirst(4))] = value
    }
    return flows
  }
}
