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
  /// The line on which the next record begins, from 1.
  package private(set) var nextLine = 1

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

  /// Counts a record of one line that somebody else took apart.
  package mutating func passLine() { nextLine += 1 }

  private mutating func cells(_ bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Outcome {
    var position = start
    while position < bytes.count {
      if dialect.hasQuotes, bytes[position] == 0x22 {
        switch quotedCell(bytes, from: position, isLast: isLast) {
        case .record(let next): position = next
        case let other: return other
        }
      } else {
        position = plainCells(bytes, from: position)
      }
      // At a delimiter, a line end or the end of the bytes, with the cell before it stored.
      guard position < bytes.count else {
        guard isLast || position == start else { return .incomplete }
        return .record(position)
      }
      if bytes[position] != dialect.delimiter { return lineEnd(bytes, position, isLast: isLast) }
      position &+= 1
    }
    guard isLast, start < bytes.count else { return .incomplete }
    // The file ends with a delimiter, so with an empty cell.
    append(position, position)
    return .record(position)
  }

  /// Stores cells up to one that a quote opens, a line end or the end of the bytes, and gives the
  /// position of what follows the last of them.
  private mutating func plainCells(_ bytes: Span<UInt8>, from start: Int) -> Int {
    // Taken out of `self`, so that the loop writes without asking who else holds them.
    var starts: [Int] = []
    var ends: [Int] = []
    swap(&starts, &self.starts)
    swap(&ends, &self.ends)
    defer {
      swap(&starts, &self.starts)
      swap(&ends, &self.ends)
      if self.count == self.starts.count { grow() }
    }
    var starting = starts.mutableSpan
    var ending = ends.mutableSpan
    let delimiter = dialect.delimiter
    let quote: UInt8 = dialect.hasQuotes ? 0x22 : delimiter
    // Digits, points and signs are above comma, tab and line ends: one comparison for most bytes.
    let highestMark = max(delimiter, 0x0D)
    var count = count
    defer { self.count = count }
    var cellStart = start
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte > highestMark || (byte != delimiter && byte != 0x0A && byte != 0x0D) {
        position &+= 1
        continue
      }
      starting[count] = cellStart
      ending[count] = position
      count &+= 1
      guard byte == delimiter, count < starting.count else { return position }
      let next = position &+ 1
      guard next < bytes.count, bytes[next] != quote else { return position }
      position = next
      cellStart = next
    }
    starting[count] = cellStart
    ending[count] = position
    count &+= 1
    return position
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
    starts[count] = start
    ends[count] = end
    count &+= 1
    if count == starts.count { grow() }
  }

  /// There is always room for one cell more.
  private mutating func grow() {
    starts.append(contentsOf: Array(repeating: 0, count: starts.count))
    ends.append(contentsOf: Array(repeating: 0, count: ends.count))
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
