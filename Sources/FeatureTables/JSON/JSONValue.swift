/// Any JSON value (RFC 8259), for parts of a file whose shape is free: metrics, hyperparameters.
///
/// Members keep their order. A number is a Double, as in most other readers of JSON; whole numbers
/// beyond 2^53 belong into strings.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// What is not finite has no form in JSON and is written as null.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// No key occurs twice.
  case object([Member])

  /// One key of an object and what it stands for.
  public struct Member: Sendable, Hashable {
    /// The name before the colon; no other member of the object has it.
    public let key: String
    /// What stands after the colon.
    public let value: JSONValue

    /// A member of an object to be; that no other has its key is for the object to keep.
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value of the member called `key`; nil where this is no object or has no such member.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The number, or nil where this is something else.
  public var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The text, or nil where this is something else.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The elements, or nil where this is no array.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// An object with the members of a dictionary, sorted by key.
  public static func sortedObject(_ members: [String: JSONValue]) -> JSONValue {
    .object(members.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: $0.value) })
  }

  /// The value as a whole JSON text in UTF-8 with a final newline.
  /// - Parameter isCompact: whether all is on one line; else members are indented by two blanks.
  public func serialized(isCompact: Bool = false) -> [UInt8] {
    var writer = JSONWriter(isCompact: isCompact)
    writer.value(self)
    return writer.finish()
  }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// `true` or `false` in source code.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number in source code; beyond 2^53 it is rounded to a Double.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A number with a decimal point in source code.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A text in quotes in source code.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A list in source code, its elements in order.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// A dictionary in source code, its members in the order written. No key may occur twice.
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member(key: $0.0, value: $0.1) })
  }
}
