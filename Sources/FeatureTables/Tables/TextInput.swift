/// A text file being read: its first part in memory, so that its form can be told, the rest in
/// chunks.
///
/// What cannot be text (an archive, a capture, UTF-16, zero bytes) is refused with a remedy.
package struct TextInput: ~Copyable {
  package let name: String
  /// The first megabyte, or everything where the file is shorter; without byte order mark.
  package let head: [UInt8]
  /// Whether `head` is the whole file.
  package let headIsAll: Bool
  package let hasByteOrderMark: Bool
  private var source: ByteSource
  private var headIsDelivered = false
  private var delivered = 0

  /// - Throws: `DataError` where the file is not there, is empty or is not text.
  package init(path: String, headSize: Int = 1 << 20) throws(DataError) {
    var source = try ByteSource(path: path)
    var head: [UInt8] = []
    var isAll = false
    while head.count < headSize {
      guard let chunk = try source.next() else {
        isAll = true
        break
      }
      if head.isEmpty { head = chunk } else { head.append(contentsOf: chunk) }
    }
    guard !head.isEmpty else {
      throw DataError(
        file: path, problem: "is empty",
        remedy: "check the program that wrote it; a table has at least a header and one row")
    }
    if let refusal = ForeignFormat.refusal(head) {
      throw DataError(file: path, problem: refusal.problem, remedy: refusal.remedy)
    }
    try TextInput.refuseZeroBytes(head, at: 0, file: path)
    hasByteOrderMark = head.starts(with: [0xEF, 0xBB, 0xBF])
    if hasByteOrderMark { head.removeFirst(3) }
    name = path
    self.head = head
    headIsAll = isAll
    self.source = source
  }

  /// The next bytes, beginning with `head`, or nil at the end.
  package mutating func next() throws(DataError) -> [UInt8]? {
    if !headIsDelivered {
      headIsDelivered = true
      delivered = head.count
      return head
    }
    guard !headIsAll, let chunk = try source.next() else { return nil }
    try TextInput.refuseZeroBytes(chunk, at: delivered, file: name)
    delivered += chunk.count
    return chunk
  }

  /// SHA-256 of the file as stored, once `next` has given nil.
  package var digest: String { source.storedDigest }

  private static func refuseZeroBytes(
    _ bytes: [UInt8], at offset: Int, file: String
  ) throws(DataError) {
    guard TextEncoding.hasZero(bytes.span), let position = bytes.firstIndex(of: 0) else { return }
    throw DataError(
      file: file, place: .byte(UInt64(offset + position)),
      problem: "holds a zero byte, so it is not a text file",
      remedy: "export the flows as CSV")
  }
}

/// Formats that are not tables of text, known by their first bytes.
private enum ForeignFormat {
  static func refusal(_ head: [UInt8]) -> (problem: String, remedy: String)? {
    for (magic, problem, remedy) in known where head.starts(with: magic) {
      return (problem, remedy)
    }
    return nil
  }

  private static let capture = "flowmeter extract makes a table of it"
  private static let known: [([UInt8], String, String)] = [
    (
      [0x0C, 0xA5], "is a binary nfdump file", "export it first: nfdump -r FILE -o csv > flows.csv"
    ),
    (
      [0xA5, 0x0C], "is a binary nfdump file", "export it first: nfdump -r FILE -o csv > flows.csv"
    ),
    ([0x50, 0x4B, 0x03, 0x04], "is a zip archive", "unpack it first and name the tables in it"),
    ([0xFF, 0xFE], "is UTF-16 text", "convert it first: iconv -f UTF-16 -t UTF-8 FILE"),
    ([0xFE, 0xFF], "is UTF-16 text", "convert it first: iconv -f UTF-16 -t UTF-8 FILE"),
    ([0xD4, 0xC3, 0xB2, 0xA1], "is a packet capture (pcap)", capture),
    ([0xA1, 0xB2, 0xC3, 0xD4], "is a packet capture (pcap)", capture),
    ([0x4D, 0x3C, 0xB2, 0xA1], "is a packet capture (pcap)", capture),
    ([0xA1, 0xB2, 0x3C, 0x4D], "is a packet capture (pcap)", capture),
    ([0x0A, 0x0D, 0x0D, 0x0A], "is a packet capture (pcapng)", capture),
    ([0x50, 0x41, 0x52, 0x31], "is a Parquet file", "export it as CSV first"),
  ]
}
