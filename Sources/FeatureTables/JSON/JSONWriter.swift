/// Writes JSON text member by member, without a tree in between.
///
/// Objects take a line a member, arrays of numbers one line in all, so that a model can be read
/// and compared line by line. Doubles come back bit for bit from any correct reader.
package struct JSONWriter: Sendable {
  /// The text so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []
  private var depth = 0
  /// Whether the container that is open has no item yet.
  private var isFirst = true
  private var lastKey = ""
  /// The member that was first given a number that is not finite, which stands as null in the text.
  package private(set) var nonfiniteMember: String?

  /// Whether all stands on one line, for formats of a document a line.
  private let isCompact: Bool

  package init(isCompact: Bool = false) { self.isCompact = isCompact }

  /// Ends the text with a newline and gives it away.
  package consuming func finish() -> [UInt8] {
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  // MARK: Containers

  /// `{`, the members that `body` writes, `}`.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    container(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), body)
  }

  /// `[`, the elements that `body` writes, `]`, an element a line.
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    container(open: UInt8(ascii: "["), close: UInt8(ascii: "]"), body)
  }

  /// The comma, the line break and the indentation before the next element of an array.
  package mutating func element() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    newline()
  }

  /// Everything up to the value of the member `name`; a value must follow.
  package mutating func key(_ name: String) {
    element()
    label(name)
  }

  /// A key and its colon, where `element` was called already.
  package mutating func label(_ name: String) {
    string(name)
    lastKey = name
    bytes.append(UInt8(ascii: ":"))
    if !isCompact { bytes.append(UInt8(ascii: " ")) }
  }

  /// An array of objects whose members `write` makes on as many threads as are allowed, each in a
  /// text of its own; the result does not depend on them.
  package mutating func objects<Element: Sendable>(
    _ elements: [Element], parallel: Parallel,
    _ write: @Sendable (inout JSONWriter, Element) -> Void
  ) {
    let depth = depth
    let texts = parallel.map(elements.count) { index in
      var writer = JSONWriter()
      writer.depth = depth + 1
      writer.object { write(&$0, elements[index]) }
      return writer
    }
    array { writer in
      for text in texts {
        writer.element()
        writer.bytes.append(contentsOf: text.bytes)
        writer.nonfiniteMember = writer.nonfiniteMember ?? text.nonfiniteMember
      }
    }
  }

  private mutating func container(
    open: UInt8, close: UInt8, _ body: (inout JSONWriter) -> Void
  ) {
    bytes.append(open)
    let wasFirst = isFirst
    (isFirst, depth) = (true, depth + 1)
    body(&self)
    depth -= 1
    if !isFirst { newline() }
    isFirst = wasFirst
    bytes.append(close)
  }

  private mutating func newline() {
    if isCompact { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<2 * depth { bytes.append(UInt8(ascii: " ")) }
  }

  // MARK: Values

  package mutating func null() { bytes.append(contentsOf: "null".utf8) }

  package mutating func bool(_ value: Bool) {
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  package mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(hexadecimalDigit(byte >> 4))
        bytes.append(hexadecimalDigit(byte & 15))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Any value; arrays without arrays or objects in them stay on one line.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let value): value.isFinite ? number(value) : null()
    case .string(let text): string(text)
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(member.key)
          writer.value(member.value)
        }
      }
    case .array(let elements) where elements.allSatisfy(\.isScalar):
      line(elements) { writer, element in writer.value(element) }
    case .array(let elements):
      array { writer in
        for element in elements {
          writer.element()
          writer.value(element)
        }
      }
    }
  }

  // MARK: Arrays on one line

  package mutating func strings(_ texts: [String]) {
    line(texts) { writer, text in writer.string(text) }
  }

  package mutating func numbers(_ values: [Double]) {
    line(values) { writer, value in writer.number(value) }
  }

  /// Each value as the Double that it is: exact for readers that know no Float.
  package mutating func numbers(_ values: [Float]) {
    line(values) { writer, value in writer.number(Double(value)) }
  }

  package mutating func integers(_ values: [Int32]) {
    line(values) { writer, value in writer.integer(Int(value)) }
  }

  package mutating func integers(_ values: [Int]) {
    line(values) { writer, value in writer.integer(value) }
  }

  /// 1 for true and 0 for false.
  package mutating func flags(_ values: [Bool]) {
    line(values) { writer, value in writer.integer(value ? 1 : 0) }
  }

  private mutating func line<Element>(
    _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    for index in elements.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(&self, elements[index])
    }
    bytes.append(UInt8(ascii: "]"))
  }

  // MARK: Numbers

  /// The shortest decimal that reads back as the same bits. What is not finite becomes null and
  /// is remembered in `nonfiniteMember`.
  package mutating func number(_ value: Double) {
    guard value.isFinite else {
      nonfiniteMember = nonfiniteMember ?? lastKey
      return null()
    }
    // Below 2^53 every whole number has an exact form without fraction; -0 must keep its sign.
    if value.magnitude < 0x1p53, value == value.rounded(.towardZero),
      value != 0 || value.sign == .plus
    {
      integer(Int(value))
    } else {
      bytes.append(contentsOf: value.description.utf8)
    }
  }

  package mutating func integer(_ value: Int) {
    if 0..<10 ~= value {
      // Most numbers of a tree are the 0 of a leaf or of an inner node.
      return bytes.append(UInt8(ascii: "0") + UInt8(value))
    }
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    unsigned(UInt64(value.magnitude))
  }

  package mutating func unsigned(_ value: UInt64) {
    var digitCount = 1
    var bound: UInt64 = 10
    // 20 digits are the most, and 10^20 would not fit.
    while digitCount < 20, value >= bound {
      digitCount += 1
      bound = bound &* 10
    }
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digitCount))
    var rest = value
    for offset in 1...digitCount {
      bytes[bytes.count - offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}

extension JSONValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
