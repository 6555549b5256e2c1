/// Members of objects in one call each.
extension JSONWriter {
  package mutating func member(_ name: String, _ value: JSONValue) {
    key(name)
    self.value(value)
  }

  package mutating func member(_ name: String, unsigned value: UInt64) {
    key(name)
    unsigned(value)
  }

  package mutating func member(_ name: String, integer value: Int) {
    key(name)
    integer(value)
  }

  package mutating func member(_ name: String, strings: [String]) {
    key(name)
    self.strings(strings)
  }

  package mutating func member(_ name: String, numbers: [Double]) {
    key(name)
    self.numbers(numbers)
  }

  package mutating func member(_ name: String, counts: [Int]) {
    key(name)
    integers(counts)
  }

  /// An object with a text a key, sorted by key.
  package mutating func member(_ name: String, texts: [String: String]) {
    member(name, .sortedObject(texts.mapValues { .string($0) }))
  }

  /// An object with a count a key, sorted by key.
  package mutating func member(_ name: String, tallies: [String: Int]) {
    member(name, .sortedObject(tallies.mapValues { .number(Double($0)) }))
  }

  package mutating func member(_ name: String, object body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }

  /// An array with one element a line for each of `elements`.
  package mutating func member<Element>(
    _ name: String, array elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array { writer in
      for element in elements {
        writer.element()
        write(&writer, element)
      }
    }
  }
}
