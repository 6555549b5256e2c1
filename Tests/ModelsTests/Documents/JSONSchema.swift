import FeatureTables
import Testing

/// A validator for those keywords of JSON Schema 2020-12 that our schema uses. It does not know
/// others and says so, so that none goes unchecked.
struct JSONSchema {
  let root: JSONValue

  /// What is wrong with `value`; empty for nothing.
  func problems(with value: JSONValue) throws -> [String] {
    try problems(value, root, path: "$")
  }

  private func problems(
    _ value: JSONValue, _ schema: JSONValue, path: String
  ) throws -> [String] {
    guard case .object(let keywords) = schema else { return [] }
    var found: [String] = []
    for keyword in keywords {
      found += try check(value, keyword.key, keyword.value, schema, path: path)
    }
    return found
  }

  private func check(
    _ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ schema: JSONValue, path: String
  ) throws -> [String] {
    func unless(_ holds: Bool) -> [String] { holds ? [] : ["\(path): \(keyword)"] }
    switch keyword {
    case "$schema", "$id", "$defs", "title", "description": return []
    case "$ref": return try problems(value, resolve(argument), path: path)
    case "const": return unless(value == argument)
    case "enum": return unless(argument.array?.contains(value) == true)
    case "type": return unless(types(argument).contains { isOf($0, value) })
    case "required":
      let names = argument.array?.compactMap(\.string) ?? []
      return unless(names.allSatisfy { value[$0] != nil })
    case "pattern": return unless(try matches(value, argument))
    case "minimum": return unless(value.number.map { $0 >= argument.number ?? 0 } ?? true)
    case "maximum": return unless(value.number.map { $0 <= argument.number ?? 0 } ?? true)
    case "exclusiveMinimum": return unless(value.number.map { $0 > argument.number ?? 0 } ?? true)
    case "minItems":
      return unless(value.array.map { Double($0.count) >= argument.number ?? 0 } ?? true)
    case "maxItems":
      return unless(value.array.map { Double($0.count) <= argument.number ?? 0 } ?? true)
    case "uniqueItems": return unless(value.array.map { Set($0).count == $0.count } ?? true)
    case "items":
      return try (value.array ?? []).enumerated().flatMap {
        try problems($0.element, argument, path: "\(path)[\($0.offset)]")
      }
    case "properties":
      return try members(argument).flatMap { property in
        try value[property.key].map {
          try problems($0, property.value, path: "\(path).\(property.key)")
        } ?? []
      }
    case "additionalProperties":
      let declared = Set(members(schema["properties"] ?? .null).map(\.key))
      return try members(value).filter { !declared.contains($0.key) }.flatMap {
        try problems($0.value, argument, path: "\(path).\($0.key)")
      }
    case "oneOf":
      let fitting = try (argument.array ?? []).filter {
        try problems(value, $0, path: path).isEmpty
      }
      return unless(fitting.count == 1)
    default: return ["the keyword '\(keyword)' is not checked"]
    }
  }

  private func resolve(_ reference: JSONValue) throws -> JSONValue {
    let steps = try #require(reference.string).split(separator: "/").dropFirst()
    return try steps.reduce(root) { try #require($0[String($1)]) }
  }

  private func members(_ value: JSONValue) -> [JSONValue.Member] {
    if case .object(let members) = value { members } else { [] }
  }

  private func types(_ argument: JSONValue) -> [String] {
    argument.array?.compactMap(\.string) ?? [argument.string ?? ""]
  }

  private func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("null", .null),
      ("boolean", .bool), ("number", .number):
      true
    case ("integer", .number(let number)): number == number.rounded()
    default: false
    }
  }

  private func matches(_ value: JSONValue, _ pattern: JSONValue) throws -> Bool {
    guard let text = value.string, let pattern = pattern.string else { return true }
    return try Regex(pattern).firstMatch(in: text) != nil
  }
}
