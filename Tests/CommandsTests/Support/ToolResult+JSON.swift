import Foundation
import TestSupport
import Testing

/// A JSON object as the tool wrote it.
struct JSONObject {
  private let members: [String: Any]

  /// - Throws: where the text is no JSON object, with the text.
  init(_ text: String) throws {
    let value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    members = try #require(value as? [String: Any], "no JSON object: \(text)")
  }

  private init(_ members: [String: Any]) { self.members = members }

  var keys: Set<String> { Set(members.keys) }
  func text(_ key: String) -> String? { members[key] as? String }
  func number(_ key: String) -> Double? { (members[key] as? NSNumber)?.doubleValue }
  func flag(_ key: String) -> Bool? { members[key] as? Bool }
  func texts(_ key: String) -> [String]? { members[key] as? [String] }
  func object(_ key: String) -> JSONObject? {
    (members[key] as? [String: Any]).map(JSONObject.init)
  }
  func objects(_ key: String) -> [JSONObject] {
    (members[key] as? [[String: Any]] ?? []).map(JSONObject.init)
  }
  /// The sum of the numbers in an object.
  func sum(_ key: String) -> Double {
    let counts = members[key] as? [String: NSNumber] ?? [:]
    return counts.values.map(\.doubleValue).reduce(0, +)
  }
  /// The kinds of the findings.
  var findingKinds: Set<String> { Set(objects("findings").compactMap { $0.text("kind") }) }
}

extension ToolResult {
  /// Standard output as a JSON object.
  func json() throws -> JSONObject {
    #expect(errors.isEmpty || !errors.contains("help:"), "\(errors)")
    return try JSONObject(output)
  }

  /// The lines of standard output.
  var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// Expects one clear error with the exit code: the file, the trouble, what to do, nothing else.
  func expectError(_ code: Int32, naming file: String, _ words: String? = nil) {
    #expect(status == code, "\(errors)")
    #expect(output.isEmpty, "\(output)")
    #expect(errors.contains(file), "\(errors)")
    if let words { #expect(errors.contains(words), "\(errors)") }
    let lines = errors.split(separator: "\n")
    #expect(lines.first?.hasPrefix("flowmeter: ") == true, "\(errors)")
    #expect(lines.count { $0.hasPrefix("  help: ") } == 1, "\(errors)")
    #expect(lines.count == 2, "\(errors)")
    for sign in ["Fatal", "Error Domain", "Swift.", "Stack"] {
      #expect(!errors.contains(sign), "\(errors)")
    }
  }
}

/// A quick learner.
let quickLearner = ["--learner", "random-forest", "--set", "trees=5"]
