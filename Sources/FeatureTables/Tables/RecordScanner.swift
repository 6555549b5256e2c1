/// The way a text file separates its cells.
package struct TextDialect: Sendable, Equatable {
  package var delimiter: UInt8
  /// Whether cells may be quoted (RFC 4180).
  package var hasQuotes: Bool
  /// Whether lines that begin with `#` are remarks.
  package var hasComments: Bool
  /// Whether three blanks separate cells too, within the last one (the labeled logs of IoT-23).
  package var splitsLastCellAtBlanks: Bool

  package init(
    delimiter: UInt8, hasQuotes: Bool = true, hasComments: Bool = false,
    splitsLastCellAtBlanks: Bool = false
  ) {
    self.delimiter = delimiter
    self.hasQuotes = hasQuotes
    self.hasComments = hasComments
    self.splitsLastCellAtBlanks = splitsLastCellAtBlanks
  }
}

/// Finds the cells of one record after the other in a run of bytes. LF, CR LF and a bare CR end a
/// record; so does the end of the file.
package struct RecordScanner {
  package enum Outcome: Equatable {
    /// The cells are in `starts` and `ends`; the next record begins at the given position.
    case record(Int)
    /// A line without any byte, or one of remarks.
    case nothing(Int)
    /// More bytes are needed.
    case incomplete
    /// The file ends inside quotes that were opened on this line.
    case openQuote(line: Int)
  }

  package let dialect: TextDialect
  /// Where the cells of the record begin and end, quotes left out; valid up to `count`.
  package private(set) var starts: [Int]
  package private(set) var ends: [Int]
  package private(set) var count = 0
  /// The line on which the record in hand begins, from 1.
  package private(set) var line = 1
  /// Whether a cell of the record holds doubled quotes that stand for one.
  package private(set) var hasDoubledQuotes = false
  /// Whether something other than a delimiter follows a closing quote.
  package private(set) var isMalformed = false
  private var nextLine = 1

  package init(dialect: TextDialect) {
    self.dialect = dialect
    starts = Array(repeating: 0, count: 128)
    ends = starts
  }

  /// Scans the record that begins at `start`.
  /// - Parameter isLast: whether no bytes follow.
  package mutating func scan(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Outcome {
    count = 0
    hasDoubledQuotes = false
    isMalformed = false
    line = nextLine
    if dialect.hasComments, isComment(bytes, start) {
      return skipLine(bytes, from: start, isLast: isLast)
    }
    let outcome = cells(bytes, from: start, isLast: isLast)
    if outcome == .incomplete { nextLine = line }
    if case .record(let next) = outcome, count == 1, starts[0] == ends[0], !isQuoted(bytes, start) {
      return .nothing(next)
    }
    return outcome
  }

  private mutating func cells(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Outcome {
    let delimiter = dialect.delimiter
    let hasQuotes = dialect.hasQuotes
    // Digits, points and signs are above comma, tab and line ends: one comparison for most bytes.
    let highestMark = max(delimiter, 0x0D)
    var position = start
    var cellStart = start
    while position < bytes.count {
      if hasQuotes, position == cellStart, bytes[position] == 0x22 {
        switch quotedCell(bytes, from: position, isLast: isLast) {
        case .record(let next): position = next
        case let other: return other
        }
      } else {
        var byte = bytes[position]
        while byte > highestMark {
          position &+= 1
          guard position < bytes.count else { break }
          byte = bytes[position]
        }
        guard position < bytes.count else { break }
        guard byte == delimiter || byte == 0x0A || byte == 0x0D else {
          position &+= 1
          continue
        }
        append(cellStart, position)
      }
      // At a delimiter, a line end or the end of the bytes, with the cell stored.
      guard position < bytes.count else { return isLast ? .record(position) : .incomplete }
      if bytes[position] != delimiter { return lineEnd(bytes, position, isLast: isLast) }
      position &+= 1
      cellStart = position
    }
    guard isLast, start < bytes.count else { return .incomplete }
    append(cellStart, bytes.count)
    return .record(bytes.count)
  }

  private mutating func lineEnd(_ bytes: Span<UInt8>, _ position: Int, isLast: Bool) -> Outcome {
    var next = position + 1
    if bytes[position] == 0x0D {
      if next == bytes.count, !isLast { return .incomplete }
      if next < bytes.count, bytes[next] == 0x0A { next += 1 }
    }
    nextLine += 1
    return .record(next)
  }

  /// Stores the cell that a quote opens, and gives the position after it.
  private mutating func quotedCell(
    _ bytes: Span<UInt8>, from start: Int, isLast: Bool
  ) -> Outcome {
    let openedOn = nextLine
    var position = start + 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x22 {
        guard position + 1 < bytes.count || isLast else { return .incomplete }
        if position + 1 < bytes.count, bytes[position + 1] == 0x22 {
          hasDoubledQuotes = true
          position += 2
          continue
        }
        append(start + 1, position)
        return .record(afterQuote(bytes, position + 1))
      }
      if byte == 0x0A || (byte == 0x0D && position + 1 < bytes.count && bytes[position + 1] != 0x0A)
      {
        nextLine += 1
      }
      position += 1
    }
    return isLast ? .openQuote(line: openedOn) : .incomplete
  }

  /// Blanks after a closing quote mean nothing; anything else makes the record unreadable.
  private mutating func afterQuote(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte == dialect.delimiter || byte == 0x0A || byte == 0x0D { break }
      if byte != 0x20 { isMalformed = true }
      position += 1
    }
    return position
  }

  @inline(__always)
  private mutating func append(_ start: Int, _ end: Int) {
    if count == starts.count {
      starts.append(contentsOf: Array(repeating: 0, count: count))
      ends.append(contentsOf: Array(repeating: 0, count: count))
    }
    starts[count] = start
    ends[count] = end
    count &+= 1
  }

  private func isQuoted(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    dialect.hasQuotes && start < bytes.count && bytes[start] == 0x22
  }

  private func isComment(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    let (first, end) = trimmed(bytes, start, min(bytes.count, start + 16))
    return first < end && bytes[first] == UInt8(ascii: "#")
  }

  private mutating func skipLine(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Outcome {
    var position = start
    while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D {
      position += 1
    }
    guard position < bytes.count else { return isLast ? .nothing(position) : .incomplete }
    switch lineEnd(bytes, position, isLast: isLast) {
    case .record(let next): return .nothing(next)
    case let other: return other
    }
  }

  /// Splits the last cell at runs of three blanks.
  package mutating func splitLastCell(_ bytes: Span<UInt8>) {
    guard count > 0 else { return }
    let end = ends[count - 1]
    var position = starts[count - 1]
    while position + 3 <= end {
      if bytes[position] == 0x20, bytes[position + 1] == 0x20, bytes[position + 2] == 0x20 {
        ends[count - 1] = position
        append(position + 3, end)
        position += 3
      } else {
        position += 1
      }
    }
  }

  /// The cells of the record in hand, with doubled quotes undone.
  package func cellBytes(_ bytes: Span<UInt8>) -> [[UInt8]] {
    (0..<count).map { index in
      var cell: [UInt8] = []
      var position = starts[index]
      let isQuoted = position > 0 && bytes[position - 1] == 0x22 && dialect.hasQuotes
      while position < ends[index] {
        cell.append(bytes[position])
        position += isQuoted && bytes[position] == 0x22 ? 2 : 1
      }
      return cell
    }
  }
}
