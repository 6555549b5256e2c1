import FeatureTables
import TestSupport
import Testing

/// Rows that are none, cells that are no numbers, and the account of both.
struct DelimitedTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func scan(
    _ bytes: [UInt8], _ storage: [ColumnStorage], change: (inout ScanPlan) -> Void = { _ in }
  ) throws -> ScannedTable {
    let names = ["a", "b", "c"].prefix(storage.count)
    var plan = ScanPlan(columns: zip(names, storage).map { ColumnPlan($0, $1) })
    plan.header = names.map { Array($0.utf8) }
    change(&plan)
    let input = try TextInput(path: try folder.file("table.csv", bytes))
    return try DelimitedTable.scan(
      input, dialect: TextDialect(delimiter: 0x2C), headerLines: 1, plan: plan)
  }

  private func scan(
    _ text: String, _ storage: [ColumnStorage], change: (inout ScanPlan) -> Void = { _ in }
  ) throws -> ScannedTable {
    try scan(Array(text.utf8), storage, change: change)
  }

  private func numbers(_ table: ScannedTable, _ column: Int) -> [Double] {
    guard case .numbers(let values) = table.columns[column] else { return [] }
    return values.contiguous()
  }

  @Test func repeatedHeadersAndRowsOfCommas() throws {
    let table = try scan("a,b\n1,2\n,\n a ,b\n , \n3,4\n", [.number, .number])
    #expect(numbers(table, 0) == [1, 3])
    #expect(table.rowNumbers == [0, 4])
    #expect(table.account.read == 5)
    #expect(table.account.used == 2)
    #expect(table.account.dropped == ["header_rows": 1, "empty_rows": 2])
  }

  @Test func raggedRows() throws {
    let text = "a,b\n1,2\n3\n4,5,,\n6,7,8\n"
    #expect {
      try scan(text, [.number, .number])
    } throws: { error in
      (error as? DataError)?.place == .line(3) && (error as? DataError)?.exitCode == 65
    }
    let table = try scan(text, [.number, .number]) { $0.badRows = .skip }
    #expect(numbers(table, 0) == [1, 4], "cells that are empty beyond the last column do no harm")
    #expect(table.account.dropped == ["ragged_rows": 2])
  }

  @Test func cellsThatAreNoNumbers() throws {
    let text = "a,b\n1,2\n1,x\n3,4\n"
    #expect {
      try scan(text, [.number, .number])
    } throws: { error in
      (error as? DataError)?.place == .cell(line: 3, column: "b")
    }
    let table = try scan(text, [.number, .number]) { $0.badRows = .skip }
    #expect(numbers(table, 1) == [2, 4])
    #expect(table.account.dropped == ["unreadable_rows": 1])
  }

  @Test func nonfiniteValuesByPolicy() throws {
    let text = "a,b\n1,Infinity\n2,NaN\n3,\n4,-inf\n5,6\n"
    let counts = ["infinity": 1, "nan": 1, "empty": 1, "negative_infinity": 1]
    let missing = try scan(text, [.number, .number])
    #expect(numbers(missing, 1).map(\.isNaN) == [true, true, true, true, false])
    #expect(missing.account.nonfinite == ["b": counts])
    let zero = try scan(text, [.number, .number]) { $0.nonfinite = .zero }
    #expect(numbers(zero, 1) == [0, 0, 0, 0, 6])
    #expect(zero.account.nonfinite == ["b": counts])
    let drop = try scan(text, [.number, .number]) { $0.nonfinite = .drop }
    #expect(numbers(drop, 0) == [5])
    #expect(drop.account.dropped == ["nonfinite_rows": 4])
    #expect(throws: DataError.self) {
      try scan(text, [.number, .number]) { $0.nonfinite = .error }
    }
  }

  @Test func categoriesAreSortedAndUnsetIsMissing() throws {
    let table = try scan("a,b\nz,1\ny,2\n-,3\nz,4\n,5\n", [.category, .number]) {
      $0.unset = [Array("-".utf8)]
    }
    guard case .category(let codes, let names) = table.columns[0] else {
      Issue.record("not a category")
      return
    }
    #expect(names == ["y", "z"])
    #expect(codes[0] == 1 && codes[1] == 0 && codes[3] == 1)
    #expect(codes[2].isNaN && codes[4].isNaN)
  }

  @Test func rejectedRowsLeaveNoNamesBehind() throws {
    let table = try scan("a,b\nkeep,1\ndrop,2\nkeep,3\n", [.category, .number]) {
      $0.columns[0].rejection = { $0 == "drop" ? "unwanted_rows" : nil }
    }
    guard case .category(_, let names) = table.columns[0] else {
      Issue.record("not a category")
      return
    }
    #expect(names == ["keep"])
    #expect(table.rowNumbers == [0, 2])
    #expect(table.account.dropped == ["unwanted_rows": 1])
  }

  @Test func mixedColumns() throws {
    let table = try scan("a,b,c\n1,x,7\n2.0,y,8\n,1,9\n", [.mixed, .mixed, .mixed])
    guard case .mixed(let first) = table.columns[0], case .mixed(let second) = table.columns[1]
    else {
      Issue.record("not mixed")
      return
    }
    #expect(!first.hasNames)
    #expect(table.account.nonfinite == ["a": ["empty": 1]])
    #expect(second.hasNames)
    #expect(second.asCategory().names == ["1", "x", "y"])
    #expect(second.asCategory().codes == [1, 2, 0])
  }

  @Test func wholeFileIsOneEncoding() throws {
    let windows = try scan(
      Array("a,b\nWeb Attack ".utf8) + [0x96] + Array(" XSS,1\ncaf".utf8) + [0xE9, 0x2C, 0x32],
      [.text, .number])
    #expect(windows.encoding == .codePage1252)
    guard case .text(let texts) = windows.columns[0] else {
      Issue.record("not text")
      return
    }
    #expect(texts[0] == "Web Attack \u{2013} XSS")
    #expect(texts[1] == "caf\u{E9}")
    let unicode = try scan("a,b\nWeb Attack \u{FFFD} XSS,1\n\u{2013},2\n", [.text, .number])
    #expect(unicode.encoding == .utf8)
    // A valid sequence does not make the file UTF-8 if another byte is none.
    let both = try scan(Array("a,b\n\u{E9},1\n".utf8) + [0x81, 0x2C, 0x32], [.text, .number])
    #expect(both.encoding == .codePage1252)
    guard case .text(let decoded) = both.columns[0] else { return }
    #expect(decoded[0] == "\u{C3}\u{A9}")
    #expect(decoded[1] == "\u{FFFD}", "a byte that the code page leaves undefined")
  }

  @Test func textAfterAQuoteMakesTheRowUnreadable() throws {
    #expect(throws: DataError.self) { try scan("a,b\n\"1\"x,2\n", [.text, .number]) }
    let table = try scan("a,b\n\"1\"x,2\n\"say \"\"so\"\"\",3\n", [.text, .number]) {
      $0.badRows = .skip
    }
    guard case .text(let texts) = table.columns[0] else { return }
    #expect(texts[0] == "say \"so\"")
    #expect(table.account.dropped == ["ragged_rows": 1])
  }

  @Test func trailerAndLimit() throws {
    let table = try scan("a,b\n1,2\nSummary\nx,y,z\n5,6\n", [.number, .number]) {
      $0.trailer = Array("Summary".utf8)
    }
    #expect(numbers(table, 0) == [1])
    #expect(table.account.dropped == ["trailer_rows": 3])
    let two = try scan("a,b\n1,2\n3,4\n5,6\n", [.number, .number]) { $0.rowLimit = 2 }
    #expect(numbers(two, 0) == [1, 3])
  }

  /// More rows and chunks than any buffer holds, against plain parsing.
  @Test func manyRows() throws {
    var random = RandomGenerator(seed: 11)
    var text = "a,b\n"
    var expected: [Double] = []
    for _ in 0..<120_000 {
      let value = (random.uniform() * 1e6).rounded() / 1000
      expected.append(value)
      text += "\(value),\(random.below(100_000))\r\n"
    }
    let table = try scan(text, [.number, .number])
    #expect(numbers(table, 0) == expected)
    #expect(table.digest == Digest.hexadecimal(text.utf8))
  }

  @Test func foreignFilesAreRefused() throws {
    let magic: [([UInt8], String)] = [
      ([0x28, 0xB5, 0x2F, 0xFD, 1], "zstd"), ([0x0C, 0xA5, 1, 0], "nfdump"),
      ([0x50, 0x4B, 3, 4, 9], "zip"), ([0xFF, 0xFE, 0x61, 0], "UTF-16"),
      ([0xD4, 0xC3, 0xB2, 0xA1, 2, 0], "capture"), ([0x61, 0x2C, 0x00, 0x0A], "zero byte"),
      ([], "is empty"),
    ]
    for (bytes, word) in magic {
      let path = try folder.file("table.csv", bytes)
      #expect {
        _ = try TextInput(path: path)
      } throws: { error in
        guard let error = error as? DataError else { return false }
        return error.exitCode == 65 && error.problem.contains(word) && !error.remedy.isEmpty
      }
    }
  }
}
