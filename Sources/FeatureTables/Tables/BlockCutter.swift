/// Cuts a text file into blocks of whole records, which can be read independently of each other.
struct BlockCutter: ~Copyable {
  enum Cut {
    case block(TextBlock)
    /// There is no end of a record within all that may lie in memory.
    case longRecord
    case end
  }

  private var input: TextInput
  private let dialect: TextDialect
  /// The begin of a record that the next block goes on with.
  private var rest: [UInt8] = []
  /// Grows, so that a small file makes work for several threads, and the numbers of a large one lie
  /// in few pieces of memory.
  private var blockSize = 1 << 20
  private static let largestBlock = 1 << 23
  /// So that an open quote does not read a whole data set into memory.
  static let longestRecord = 1 << 26

  init(_ input: consuming TextInput, dialect: TextDialect) {
    self.input = input
    self.dialect = dialect
  }

  /// SHA-256 of the file as stored, once `next` has given `end`.
  var digest: String { input.digest }

  /// - Throws: `DataError` where the file is damaged, cannot be read or is no text from here on.
  mutating func next() throws(DataError) -> Cut {
    var bytes = rest
    rest = []
    var size = blockSize
    blockSize = min(blockSize * 2, BlockCutter.largestBlock)
    while true {
      bytes.reserveCapacity(size + ByteSource.chunkSize)
      while bytes.count < size {
        guard let chunk = try input.next() else {
          return bytes.isEmpty ? .end : .block(TextBlock(bytes))
        }
        bytes.append(contentsOf: chunk)
      }
      let end = recordsEnd(bytes)
      if end > 0 {
        rest = Array(bytes[end...])
        bytes.removeSubrange(end...)
        return .block(TextBlock(bytes))
      }
      guard bytes.count <= BlockCutter.longestRecord else { return .longRecord }
      size = bytes.count * 2
    }
  }

  /// Where the last whole record ends, or 0.
  private func recordsEnd(_ bytes: [UInt8]) -> Int {
    if dialect.hasQuotes, hasQuote(bytes.span) { return quotedRecordsEnd(bytes) }
    // What follows a CR decides whether it is a line end of its own.
    for index in bytes.indices.reversed() {
      if bytes[index] == 0x0A { return index + 1 }
      if bytes[index] == 0x0D, index + 1 < bytes.count { return index + 1 }
    }
    return 0
  }

  /// A line end within quotes ends no record, so that all have to be gone through.
  private func quotedRecordsEnd(_ bytes: [UInt8]) -> Int {
    var scanner = RecordScanner(dialect: dialect)
    var position = 0
    while position < bytes.count {
      switch scanner.scan(bytes.span, from: position, isLast: false) {
      case .record(let next), .nothing(let next): position = next
      case .incomplete, .openQuote: return position
      }
    }
    return position
  }

  /// Written so that it becomes a loop over many bytes at a time.
  private func hasQuote(_ bytes: Span<UInt8>) -> Bool {
    var nearest: UInt8 = 0xFF
    for index in bytes.indices { nearest = min(nearest, bytes[index] ^ 0x22) }
    return nearest == 0
  }
}
