/// One value of a JSON text: a view that converts on demand and knows its path for errors.
package struct JSONElement: Sendable {
  let document: JSONDocument
  let node: Int

  private var entry: JSONDocument.Node { document.nodes[node] }

  /// Whether this is `null`.
  package var isNull: Bool { entry.kind == .null }

  /// Where the key of this member begins, its opening quote; for members of objects only.
  package var keyOffset: Int { entry.key.lowerBound }

  /// Whether nothing but blanks and the closing bracket follow in the parent.
  package var isLast: Bool {
    entry.parent < 0 || entry.next == document.nodes[entry.parent].next
  }

  // MARK: Objects and arrays

  /// All members in the order of the text.
  /// - Throws: `DataError` if this is no object.
  package func members() throws(DataError) -> [(key: String, value: JSONElement)] {
    guard entry.kind == .object else { throw mismatch("an object") }
    return children.map { (document.text(document.nodes[$0].key), JSONElement(document, $0)) }
  }

  /// The member called `name`, or nil where there is none.
  /// - Throws: `DataError` if this is no object.
  package func optional(_ name: String) throws(DataError) -> JSONElement? {
    guard entry.kind == .object else { throw mismatch("an object") }
    return children.first { document.text(document.nodes[$0].key) == name }
      .map { JSONElement(document, $0) }
  }

  /// The member called `name`.
  /// - Throws: `DataError` if this is no object or has no such member.
  package func member(_ name: String) throws(DataError) -> JSONElement {
    guard let member = try optional(name) else { throw failure("the member '\(name)' is missing") }
    return member
  }

  /// All elements of an array.
  /// - Throws: `DataError` if this is no array. An array of numbers has no elements of its own:
  ///   use `doubles` and its like.
  package func elements() throws(DataError) -> [JSONElement] {
    guard entry.kind == .array else { throw mismatch("an array of other things than numbers") }
    return children.map { JSONElement(document, $0) }
  }

  private var children: [Int] {
    var (children, child) = ([Int](), node + 1)
    children.reserveCapacity(entry.count)
    for _ in 0..<entry.count {
      children.append(child)
      child = document.nodes[child].next
    }
    return children
  }

  // MARK: Scalars

  /// - Throws: `DataError` if this is no text.
  package func string() throws(DataError) -> String {
    guard entry.kind == .string else { throw mismatch("a text") }
    return document.text(entry.range)
  }

  /// - Throws: `DataError` if this is neither true nor false.
  package func bool() throws(DataError) -> Bool {
    guard entry.kind == .bool else { throw mismatch("true or false") }
    return document.bytes[entry.range.lowerBound] == UInt8(ascii: "t")
  }

  /// - Throws: `DataError` if this is no number, or one beyond what a Double can hold.
  package func double() throws(DataError) -> Double {
    guard entry.kind == .number else { throw mismatch("a number") }
    var position = entry.range.lowerBound
    let value = parseDouble(document.bytes, &position)
    guard value.isFinite else { throw failure("the number is too large") }
    return value
  }

  /// - Throws: `DataError` if this is no whole number within `bounds`.
  package func integer(in bounds: ClosedRange<Int>) throws(DataError) -> Int {
    guard entry.kind == .number else { throw mismatch("a whole number") }
    let digits = String(decoding: document.bytes[entry.range], as: UTF8.self)
    guard let value = Int(digits), bounds.contains(value) else {
      throw failure(
        "\(digits) is no whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return value
  }

  /// - Throws: `DataError` if this is no whole number from 0 to 2^64 - 1.
  package func unsigned() throws(DataError) -> UInt64 {
    guard entry.kind == .number else { throw mismatch("a whole number") }
    let digits = String(decoding: document.bytes[entry.range], as: UTF8.self)
    guard let value = UInt64(digits) else {
      throw failure("\(digits) is no whole number from 0 to 2^64 - 1")
    }
    return value
  }

  // MARK: Whole arrays

  /// - Throws: `DataError` if this is no array of texts.
  package func strings() throws(DataError) -> [String] {
    var texts: [String] = []
    for element in try elements() { texts.append(try element.string()) }
    return texts
  }

  /// - Throws: `DataError` if this is no array of numbers that a Double can hold.
  package func doubles() throws(DataError) -> [Double] {
    try scalars("the number is too large") { bytes, position in
      let value = parseDouble(bytes, &position)
      return value.isFinite ? value : nil
    }
  }

  /// - Throws: `DataError` if this is no array of numbers that are exactly Floats.
  package func floats() throws(DataError) -> [Float] {
    try scalars(
      "the number is not one of single precision",
      remedy: "write the value of the 32-bit number in full: 0.10000000149011612, not 0.1"
    ) { bytes, position in
      let value = parseDouble(bytes, &position)
      return value.isFinite ? Float(exactly: value) : nil
    }
  }

  /// - Throws: `DataError` if this is no array of whole numbers of 32 bits.
  package func int32s() throws(DataError) -> [Int32] {
    try scalars("the number is no whole number of 32 bits") { bytes, position in
      parseInteger(bytes, &position).flatMap { Int32(exactly: $0) }
    }
  }

  /// - Throws: `DataError` if this is no array of whole numbers from 0 to 2^53.
  package func counts() throws(DataError) -> [Int] {
    try scalars("the number is no count: whole, 0 to 2^53") { bytes, position in
      parseInteger(bytes, &position).flatMap { 0...(1 << 53) ~= $0 ? $0 : nil }
    }
  }

  /// - Throws: `DataError` if this is no array of zeros and ones.
  package func flags() throws(DataError) -> [Bool] {
    try scalars("the number is neither 0 nor 1") { bytes, position in
      parseInteger(bytes, &position).flatMap { 0...1 ~= $0 ? $0 == 1 : nil }
    }
  }

  /// The numbers of an array as `parse` makes them, which gives nil for what is not allowed.
  private func scalars<Scalar>(
    _ problem: String, remedy: String? = nil, _ parse: ([UInt8], inout Int) -> Scalar?
  ) throws(DataError) -> [Scalar] {
    if entry.kind == .array, entry.count == 0 { return [] }
    guard entry.kind == .numbers else { throw mismatch("an array of numbers") }
    var values: [Scalar] = []
    values.reserveCapacity(entry.count)
    var position = entry.range.lowerBound
    let bytes = document.bytes
    for index in 0..<entry.count {
      // Only blanks, a bracket or a comma can lie between two numbers of a checked text.
      while !isNumberByte(bytes[position]) { position += 1 }
      guard let value = parse(bytes, &position) else {
        throw failure(problem, at: index, remedy: remedy)
      }
      values.append(value)
    }
    return values
  }

  // MARK: Any value

  /// The value as a tree of its own.
  /// - Throws: `DataError` for a number beyond what a Double can hold.
  package func value() throws(DataError) -> JSONValue {
    switch entry.kind {
    case .null: return .null
    case .bool: return .bool(try bool())
    case .number: return .number(try double())
    case .string: return .string(try string())
    case .numbers: return .array(try doubles().map { .number($0) })
    case .array:
      var values: [JSONValue] = []
      for element in try elements() { values.append(try element.value()) }
      return .array(values)
    case .object:
      var members: [JSONValue.Member] = []
      for (key, element) in try self.members() {
        members.append(JSONValue.Member(key: key, value: try element.value()))
      }
      return .object(members)
    }
  }

  // MARK: Errors

  /// What is wrong with this value, or with element `index` of this array of numbers.
  package func failure(_ problem: String, at index: Int? = nil, remedy: String? = nil) -> DataError
  {
    let path = document.path(of: node) + (index.map { "[\($0)]" } ?? "")
    return DataError(
      file: document.file, place: path.isEmpty ? .wholeFile : .path(path), problem: problem,
      remedy: remedy ?? document.remedy)
  }

  private func mismatch(_ expected: String) -> DataError {
    failure("\(expected) was expected, not \(entry.kind.name)")
  }
}

extension JSONElement {
  init(_ document: JSONDocument, _ node: Int) { self.init(document: document, node: node) }
}

extension JSONDocument.Kind {
  fileprivate var name: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .object: "an object"
    case .array: "an array"
    case .numbers: "an array of numbers"
    }
  }
}
