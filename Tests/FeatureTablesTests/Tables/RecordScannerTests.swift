import FeatureTables
import Testing

struct RecordScannerTests {
  /// All records of a text given in one piece.
  private func records(
    _ text: String, delimiter: Character = ",", hasComments: Bool = false
  ) -> [[String]] {
    let dialect = TextDialect(delimiter: delimiter.asciiValue ?? 0, hasComments: hasComments)
    return DelimitedTable.records(of: Array(text.utf8), dialect: dialect, limit: .max).map {
      $0.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEnds(_ end: String) {
    let expected = [["a", "b"], ["1", ""], ["", "2"]]
    #expect(records("a,b\(end)1,\(end),2\(end)") == expected)
    #expect(records("a,b\(end)1,\(end),2") == expected, "without the last line end")
  }

  @Test func quotes() {
    #expect(records("\"a,b\",c\n") == [["a,b", "c"]])
    #expect(records("\"say \"\"yes\"\"\",x\n") == [["say \"yes\"", "x"]])
    #expect(records("\"two\nlines\",x\n3,4\n") == [["two\nlines", "x"], ["3", "4"]])
    #expect(records("\"\",\"\"\n") == [["", ""]])
    #expect(records("a,\"b\" \n") == [["a", "b"]], "blanks after a quote")
    #expect(records("a b\"c,d\n") == [["a b\"c", "d"]], "a quote within a cell is a character")
  }

  @Test func blankLinesAndRemarks() {
    #expect(records("a,b\n\n1,2\n\n") == [["a", "b"], ["1", "2"]])
    #expect(records("#x\na,b\n\t#y\n1,2\n#z", hasComments: true) == [["a", "b"], ["1", "2"]])
  }

  @Test func manyCellsAndTabs() {
    let cells = (0..<1_000).map(String.init)
    #expect(records(cells.joined(separator: "\t") + "\n", delimiter: "\t") == [cells])
    #expect(records((cells + [""]).joined(separator: ",")) == [cells + [""]])
    let exactly = (0..<128).map(String.init)
    #expect(records(exactly.joined(separator: ",") + "\n1\n") == [exactly, ["1"]])
  }

  /// Whatever the bytes, a scan that sees them growing finds the same records as one that sees
  /// them all.
  @Test func growingInputGivesTheSameRecords() {
    var random = RandomGenerator(seed: 7)
    let alphabet = Array("ab,\"\n\r 1".utf8)
    for _ in 0..<3_000 {
      let bytes = (0..<random.below(24)).map { _ in alphabet[random.below(alphabet.count)] }
      #expect(
        whole(bytes) == growing(bytes), "\(String(decoding: bytes, as: UTF8.self).debugDescription)"
      )
    }
  }

  private func whole(_ bytes: [UInt8]) -> [String] {
    var scanner = RecordScanner(dialect: TextDialect(delimiter: 0x2C))
    var found: [String] = []
    var position = 0
    while position < bytes.count {
      switch scanner.scan(bytes.span, from: position, isLast: true) {
      case .record(let next):
        found.append(describe(scanner, bytes))
        position = next
      case .nothing(let next): position = next
      case .openQuote(let line): return found + ["open \(line)"]
      case .incomplete: return found + ["incomplete"]
      }
    }
    return found
  }

  private func growing(_ bytes: [UInt8]) -> [String] {
    var scanner = RecordScanner(dialect: TextDialect(delimiter: 0x2C))
    var found: [String] = []
    var buffer: [UInt8] = []
    for count in 0...bytes.count {
      let isLast = count == bytes.count
      if count > 0 { buffer.append(bytes[count - 1]) }
      scanning: while !buffer.isEmpty {
        switch scanner.scan(buffer.span, from: 0, isLast: isLast) {
        case .record(let next):
          found.append(describe(scanner, buffer))
          buffer.removeFirst(next)
        case .nothing(let next): buffer.removeFirst(next)
        case .openQuote(let line): return found + ["open \(line)"]
        case .incomplete: break scanning
        }
      }
    }
    return found
  }

  private func describe(_ scanner: RecordScanner, _ bytes: [UInt8]) -> String {
    let cells = scanner.cellBytes(bytes.span).map { String(decoding: $0, as: UTF8.self) }
    return "\(scanner.line) \(scanner.isMalformed) \(cells)"
  }

  @Test func openQuoteSaysItsLine() {
    var scanner = RecordScanner(dialect: TextDialect(delimiter: 0x2C))
    let bytes = Array("a,b\n1,\"2\n3,4\n".utf8)
    #expect(scanner.scan(bytes.span, from: 0, isLast: true) == .record(4))
    #expect(scanner.scan(bytes.span, from: 4, isLast: true) == .openQuote(line: 2))
  }

  @Test func delimiters() {
    func found(_ text: String) -> Character? {
      DelimitedTable.delimiter(of: Array(text.utf8)).map { Character(Unicode.Scalar($0)) }
    }
    #expect(found("a,b\n1,2\n") == ",")
    #expect(found("a\tb\n1\t2\n") == "\t")
    #expect(found("a;b;c\n1,5;2,5;3\n") == ";")
    #expect(found("a|b\n1|2\n") == "|")
    #expect(found("a,b\tc\n1\t2\n") == "\t", "the one that gives equal counts")
    #expect(found("nothing\nhere\n") == nil)
  }
}
