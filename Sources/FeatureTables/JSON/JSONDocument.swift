/// A JSON text that was checked against RFC 8259 from its first byte to its last, with an index of
/// its values. Nothing is converted before it is asked for: an array of a million numbers is one
/// entry of the index until somebody wants them as Doubles, Floats or integers.
package final class JSONDocument: Sendable {
  /// Bounds on what a text may ask of memory and stack.
  package struct Limits: Sendable {
    package var depth = 64
    /// Values that are indexed; an array of numbers counts as one.
    package var values = 2_000_000

    package init() {}
  }

  enum Kind: UInt8 {
    case null, bool, number, string, object
    case array
    /// An array of one or more numbers and nothing else.
    case numbers
  }

  /// One value: where its text lies and where it hangs.
  struct Node {
    var kind: Kind
    /// The bytes of the value, quotes and brackets included.
    var range: Range<Int>
    /// The bytes of the key, quotes included; empty where the parent is no object.
    var key: Range<Int>
    var parent: Int
    /// Elements or members; 0 for scalars.
    var count = 0
    /// The first node that is not in this value.
    var next = 0
  }

  let bytes: [UInt8]
  let nodes: [Node]
  /// The name of the input, for errors.
  package let file: String
  /// What an error tells the reader to do, unless the place knows better.
  package let remedy: String

  /// - Throws: `DataError` with the byte where the text stops being JSON, or where it goes beyond
  ///   `limits`.
  package init(
    _ bytes: [UInt8], file: String, remedy: String, limits: Limits = Limits()
  ) throws(DataError) {
    var scanner = JSONScanner(bytes: bytes, file: file, remedy: remedy, limits: limits)
    try scanner.scanText()
    self.bytes = bytes
    self.nodes = scanner.nodes
    self.file = file
    self.remedy = remedy
  }

  /// The value that the text is.
  package var root: JSONElement { JSONElement(document: self, node: 0) }

  /// The text between the quotes of `range`, escapes resolved.
  func text(_ range: Range<Int>) -> String {
    jsonText(bytes[range.lowerBound + 1..<range.upperBound - 1])
  }

  /// `estimator.trees[3].left`, for errors only: it walks up and counts siblings.
  func path(of node: Int) -> String {
    guard node > 0 else { return "" }
    let parent = nodes[node].parent
    let head = path(of: parent)
    if nodes[parent].kind == .object {
      let name = text(nodes[node].key)
      return head.isEmpty ? name : "\(head).\(name)"
    }
    var (index, sibling) = (0, parent + 1)
    while sibling != node { (index, sibling) = (index + 1, nodes[sibling].next) }
    return "\(head)[\(index)]"
  }
}
