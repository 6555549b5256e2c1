import FeatureTables
import TestSupport
import Testing

/// Tables of many blocks: whatever the number of threads and wherever blocks are cut, rows, counts
/// and errors are those of the whole text.
struct BlockTests {
  private let folder: TemporaryFolder
  private static let storage: [ColumnStorage] = [.text, .number, .category, .mixed]

  init() throws { folder = try TemporaryFolder() }

  private func scan(
    _ text: String, threads: Int, change: (inout ScanPlan) -> Void = { _ in }
  ) throws -> ScannedTable {
    let names = ["a", "b", "c", "d"]
    var plan = ScanPlan(columns: zip(names, Self.storage).map { ColumnPlan($0, $1) })
    plan.header = names.map { Array($0.utf8) }
    change(&plan)
    let input = try TextInput(path: try folder.file("table.csv", Array(text.utf8)))
    return try DelimitedTable.scan(
      input, dialect: TextDialect(delimiter: 0x2C), headerLines: 1, plan: plan,
      parallel: Parallel(threads: threads))
  }

  /// Everything of a table as text, row by row.
  private func rows(_ table: ScannedTable) -> [String] {
    guard case .text(let texts) = table.columns[0], case .numbers(let numbers) = table.columns[1],
      case .category(let codes, let names) = table.columns[2],
      case .mixed(let mixed) = table.columns[3]
    else { return [] }
    let (values, category) = (numbers.contiguous(), mixed.asCategory())
    return (0..<table.rowCount).map { row in
      let name = codes[row].isNaN ? "" : names[Int(codes[row])]
      let other = category.codes[row].isNaN ? "" : category.names[Int(category.codes[row])]
      return "\(table.rowNumbers[row])|\(texts[row])|\(values[row])|\(name)|\(other)"
    }
  }

  /// A table of some megabytes with everything in it that a row can have, and what it should give.
  private func mixedTable(lineEnd: String) -> (text: String, rows: [String], dropped: Int) {
    var random = RandomGenerator(seed: 21)
    var (text, rows, dropped) = ("a,b,c,d" + lineEnd, [String](), 0)
    for row in 0..<60_000 {
      let number = (random.uniform() * 1e9).rounded() / 1000
      let name = "name \(row / 7_000)"
      let other = row % 3 == 0 ? "x\(row % 5)" : "\(row % 11)"
      let filler = String(repeating: "-", count: random.below(40))
      switch random.below(30) {
      case 0:
        text += "\"two\(lineEnd)lines,\(lineEnd)\(filler)\",\(number),\(name),\(other)"
        rows.append("\(row)|two\(lineEnd)lines,\(lineEnd)\(filler)|\(number)|\(name)|\(other)")
      case 1:
        text += "\"say \"\"so\"\"\", \(number) ,\"\(name)\",\(other),,"
        rows.append("\(row)|say \"so\"|\(number)|\(name)|\(other)")
      case 2:
        text += ",,, "
        dropped += 1
      case 3:
        text += "3\(filler)\"inch,\(number),,"
        rows.append("\(row)|3\(filler)\"inch|\(number)||")
      default:
        text += "\(filler),\(number),\(name),\(other)"
        rows.append("\(row)|\(filler)|\(number)|\(name)|\(other)")
      }
      text += lineEnd
    }
    return (text, rows, dropped)
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func anyNumberOfThreads(_ lineEnd: String) throws {
    let (text, expected, dropped) = mixedTable(lineEnd: lineEnd)
    #expect(text.utf8.count > 2 << 20, "more than two blocks")
    for threads in [1, 2, 3] {
      let table = try scan(text, threads: threads)
      #expect(rows(table) == expected)
      #expect(table.account.dropped == ["empty_rows": dropped])
      #expect(table.account.read == 60_000)
      #expect(table.digest == Digest.hexadecimal(text.utf8))
    }
  }

  /// The first error of the file, with its line and the rows before it.
  @Test(arguments: [1, 2, 3]) func errorsOfLaterBlocks(_ threads: Int) throws {
    let (text, _, _) = mixedTable(lineEnd: "\n")
    let lines = text.utf8.count { $0 == 0x0A }
    let bad = text + "a,1,c\n" + text.dropFirst(8) + "a,x,c,1\n"
    #expect {
      try scan(bad, threads: threads)
    } throws: { error in
      guard let error = error as? DataError else { return false }
      return error.place == .line(lines + 1) && error.problem.hasSuffix("(after 60000 rows)")
    }
    let open = text + "\"never closed,1,c,1\n" + text.filter { $0 != "\"" }
    #expect {
      try scan(open, threads: threads)
    } throws: { error in
      (error as? DataError)?.place == .line(lines + 1)
    }
  }

  /// Names beyond the limit of categories and of mixed columns, spread over blocks.
  @Test(arguments: [1, 2]) func manyNames(_ threads: Int) throws {
    func text(_ count: Int) -> String {
      (0..<count).reduce(into: "a,b,c,d\n") { $0 += "some text,1,name \($1),other \($1)\n" }
    }
    let table = try scan(text(100_000), threads: threads)
    guard case .category(_, let names) = table.columns[2], case .mixed(let mixed) = table.columns[3]
    else { return }
    #expect(names.count == 100_000)
    #expect(mixed.hasTooManyNames)
    #expect(mixed.names == (0..<1_000).map { "other \($0)" })
    #expect {
      try scan(text(100_001), threads: threads)
    } throws: { error in
      (error as? DataError)?.place == .column("c")
    }
  }

  @Test(arguments: [1, 3]) func limitsAndTrailersInLaterBlocks(_ threads: Int) throws {
    let (text, expected, dropped) = mixedTable(lineEnd: "\n")
    let some = try scan(text, threads: threads) { $0.rowLimit = 50_000 }
    #expect(rows(some) == Array(expected.prefix(50_000)))
    #expect(some.digest.isEmpty)
    let whole = try scan(text + "Summary\n" + text, threads: threads) {
      $0.trailer = Array("Summary".utf8)
    }
    #expect(rows(whole) == expected)
    #expect(whole.account.dropped["empty_rows"] == dropped)
    #expect(whole.account.dropped["trailer_rows"] == 60_002)
  }

  @Test func recordsLongerThanABlock() throws {
    let long = String(repeating: "x", count: 3 << 20)
    let table = try scan("a,b,c,d\n\(long),1,n,2\n\"\(long)\n\",3,n,4\n", threads: 2)
    #expect(rows(table) == ["0|\(long)|1.0|n|2", "1|\(long)\n|3.0|n|4"])
    let endless = String(repeating: "y", count: 65 << 20)
    #expect {
      try scan("a,b,c,d\nx,1,n,2\n\(endless)\n", threads: 2)
    } throws: { error in
      (error as? DataError)?.place == .line(3)
    }
  }

  /// What comes first in the file is what is said, also where reading itself fails later.
  @Test(arguments: [1, 2]) func damageAfterABadRow(_ threads: Int) throws {
    let filler = String(repeating: "some text,1,name,2\n", count: 200_000)
    #expect {
      try scan("a,b,c,d\n\(filler)bad\n\(filler)\0", threads: threads)
    } throws: { error in
      (error as? DataError)?.place == .line(200_002)
    }
    #expect {
      try scan("a,b,c,d\n\(filler)\0", threads: threads)
    } throws: { error in
      (error as? DataError)?.problem.contains("zero byte") == true
    }
  }
}
