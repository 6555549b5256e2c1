/// One pass over a JSON text that checks every byte and notes where the values lie.
///
/// Strict: no byte order mark, no comments, no trailing commas, no text after the value, no key
/// twice, no lone surrogate, no broken UTF-8.
struct JSONScanner {
  private let bytes: [UInt8]
  private let file: String
  private let remedy: String
  private let limits: JSONDocument.Limits
  private var position = 0
  private(set) var nodes: [JSONDocument.Node] = []

  init(bytes: [UInt8], file: String, remedy: String, limits: JSONDocument.Limits) {
    self.bytes = bytes
    self.file = file
    self.remedy = remedy
    self.limits = limits
  }

  mutating func scanText() throws(DataError) {
    skipBlanks()
    try scanValue(parent: -1, key: 0..<0, depth: 0)
    skipBlanks()
    guard position == bytes.count else {
      throw failure("there is text after the end of the JSON value")
    }
  }

  // MARK: Values

  private mutating func scanValue(
    parent: Int, key: Range<Int>, depth: Int
  ) throws(DataError) {
    guard nodes.count < limits.values else {
      throw failure("more than \(limits.values) values; that is no file of ours")
    }
    guard depth < limits.depth else {
      throw failure("values are nested more than \(limits.depth) deep")
    }
    let (index, start) = (nodes.count, position)
    nodes.append(JSONDocument.Node(kind: .null, range: start..<start, key: key, parent: parent))
    var (kind, count) = (JSONDocument.Kind.null, 0)
    switch try peek() {
    case UInt8(ascii: "{"): (kind, count) = (.object, try scanMembers(of: index, depth: depth))
    case UInt8(ascii: "["):
      if let numbers = try scanNumbers() {
        (kind, count) = (.numbers, numbers)
      } else {
        (kind, count) = (.array, try scanElements(of: index, depth: depth))
      }
    case UInt8(ascii: "\""):
      kind = .string
      try scanString()
    case UInt8(ascii: "t"):
      kind = .bool
      try scanWord("true")
    case UInt8(ascii: "f"):
      kind = .bool
      try scanWord("false")
    case UInt8(ascii: "n"): try scanWord("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      kind = .number
      try scanNumber()
    default: throw failure("a JSON value was expected")
    }
    nodes[index].kind = kind
    nodes[index].count = count
    nodes[index].range = start..<position
    nodes[index].next = nodes.count
  }

  private mutating func scanMembers(of parent: Int, depth: Int) throws(DataError) -> Int {
    position += 1
    skipBlanks()
    if try peek() == UInt8(ascii: "}") {
      position += 1
      return 0
    }
    var keys: Set<String> = []
    while true {
      guard try peek() == UInt8(ascii: "\"") else { throw failure("a key in quotes was expected") }
      let start = position
      try scanString()
      let key = start..<position
      skipBlanks()
      try expect(UInt8(ascii: ":"), "':' was expected after the key")
      skipBlanks()
      let child = nodes.count
      try scanValue(parent: parent, key: key, depth: depth + 1)
      if !keys.insert(unquoted(key)).inserted {
        throw failure("the key \(unquoted(key)) occurs twice", at: nodes[child].key.lowerBound)
      }
      skipBlanks()
      if try isAtEnd(UInt8(ascii: "}"), "',' or '}' was expected") { return keys.count }
      skipBlanks()
    }
  }

  private mutating func scanElements(of parent: Int, depth: Int) throws(DataError) -> Int {
    position += 1
    skipBlanks()
    if try peek() == UInt8(ascii: "]") {
      position += 1
      return 0
    }
    var count = 0
    while true {
      try scanValue(parent: parent, key: 0..<0, depth: depth + 1)
      count += 1
      skipBlanks()
      if try isAtEnd(UInt8(ascii: "]"), "',' or ']' was expected") { return count }
      skipBlanks()
    }
  }

  /// The count of an array of numbers only; nil, and the position as before, for any other array.
  private mutating func scanNumbers() throws(DataError) -> Int? {
    let start = position
    position += 1
    var count = 0
    while true {
      skipBlanks()
      guard position < bytes.count, isNumberStart(bytes[position]) else { break }
      try scanNumber()
      count += 1
      skipBlanks()
      guard position < bytes.count else { break }
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "]") { return count }
      guard byte == UInt8(ascii: ",") else { break }
    }
    position = start
    return nil
  }

  /// Steps over a comma, or over the `close` that ends a container.
  private mutating func isAtEnd(_ close: UInt8, _ problem: String) throws(DataError) -> Bool {
    let byte = try peek()
    guard byte == close || byte == UInt8(ascii: ",") else { throw failure(problem) }
    position += 1
    return byte == close
  }

  // MARK: Scalars

  private mutating func scanWord(_ word: StaticString) throws(DataError) {
    for letter in word.description.utf8 {
      try expect(letter, "\(word) was expected")
    }
  }

  /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
  private mutating func scanNumber() throws(DataError) {
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      try scanDigits()
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try scanDigits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      try scanDigits()
    }
  }

  private mutating func scanDigits() throws(DataError) {
    let start = position
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    if position == start { throw failure("a digit was expected") }
  }

  private mutating func scanString() throws(DataError) {
    let start = position
    position += 1
    var isASCII = true
    while true {
      let byte = try peek()
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        if !isASCII, String(validating: bytes[start..<position], as: UTF8.self) == nil {
          throw failure("the text is not UTF-8", at: start)
        }
        return
      case UInt8(ascii: "\\"): try scanEscape()
      case 0..<0x20: throw failure("a control character in a text", at: position - 1)
      case 0x80...: isASCII = false
      default: break
      }
    }
  }

  private mutating func scanEscape() throws(DataError) {
    let start = position - 1
    let letter = try peek()
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      let unit = try scanCodeUnit()
      if 0xDC00..<0xE000 ~= unit { throw failure("a low surrogate without a high one", at: start) }
      guard 0xD800..<0xDC00 ~= unit else { return }
      let problem = "a high surrogate without a low one"
      try expect(UInt8(ascii: "\\"), problem)
      try expect(UInt8(ascii: "u"), problem)
      let low = try scanCodeUnit()
      if !(0xDC00..<0xE000 ~= low) { throw failure(problem, at: start) }
    default: throw failure("an unknown escape in a text", at: start)
    }
  }

  private mutating func scanCodeUnit() throws(DataError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = hexadecimalValue(try peek()) else {
        throw failure("four hexadecimal digits were expected")
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }

  // MARK: Bytes

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private func peek() throws(DataError) -> UInt8 {
    guard position < bytes.count else { throw failure("the text ends too early") }
    return bytes[position]
  }

  private mutating func expect(_ byte: UInt8, _ problem: String) throws(DataError) {
    guard try peek() == byte else { throw failure(problem) }
    position += 1
  }

  /// A key as the text it stands for, so that two spellings of one key are found.
  private func unquoted(_ range: Range<Int>) -> String {
    jsonText(bytes[range.lowerBound + 1..<range.upperBound - 1])
  }

  private func failure(_ problem: String, at offset: Int? = nil) -> DataError {
    DataError(
      file: file, place: .byte(UInt64(offset ?? position)), problem: problem, remedy: remedy)
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

private func isNumberStart(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "-") }
