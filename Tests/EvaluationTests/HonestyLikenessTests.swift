import Evaluation
import FeatureTables
import Testing

/// Rows that are all but equal across a split, and classes that the digits of numbers give away.
@Suite struct HonestyLikenessTests {
  /// More columns than two, or unrelated rows would be alike by chance.
  private func table(seed: UInt64, rows: Int, startingAt second: Int64) -> SyntheticTable {
    var made = SyntheticTable(rows: rows, seed: seed, startingAt: second)
    var random = RandomGenerator(seed: seed + 50)
    for name in ["u", "v", "w"] { made.add(name) { _, _ in 1 + 100 * random.uniform() } }
    return made
  }

  private func findings(_ training: SyntheticTable, _ testing: SyntheticTable) -> [Finding] {
    Honesty.findings(
      training: training.table, testing: testing.table, modelScore: 0.9,
      split: SplitDescription(.separate))
  }

  @Test func rowsThatAreAllButEqualAreFound() {
    let training = table(seed: 1, rows: 400, startingAt: 1_000_000)
    var testing = table(seed: 2, rows: 200, startingAt: 2_000_000)
    #expect(findings(training, testing) == [])
    for column in testing.columns.indices where column != 3 {
      for row in 0..<40 { testing.columns[column][row] = training.columns[column][row] * 1.001 }
    }
    testing.columns[3][0..<40] = training.columns[3][0..<40]
    let found = findings(training, testing)
    #expect(found.map(\.kind) == [.nearDuplicateRows])
    #expect(found.first?.severity == .warning)
    // A value may lie on the border of a cell in all bands.
    guard case .number(let rows)? = found.first?.evidence["rows"] else { return }
    #expect((38...40).contains(rows))
  }

  @Test func equalRowsAreNotCountedOnceMore() {
    let training = table(seed: 1, rows: 400, startingAt: 1_000_000)
    var testing = table(seed: 2, rows: 200, startingAt: 2_000_000)
    for column in testing.columns.indices {
      testing.columns[column][0..<40] = training.columns[column][0..<40]
    }
    #expect(findings(training, testing).map(\.kind) == [.duplicateRows])
  }

  @Test func foldsAreLookedAtToo() {
    var made = table(seed: 1, rows: 400, startingAt: 1_000_000)
    for column in made.columns.indices where column != 3 {
      for row in 0..<20 { made.columns[column][200 + row] = made.columns[column][row] * 0.999 }
    }
    made.columns[3][200..<220] = made.columns[3][0..<20]
    let folds = (0..<400).map { $0 < 200 ? 0 : 1 }
    let found = Honesty.findings(
      table: made.table, folds: folds, modelScore: 0.9, split: SplitDescription(.grouped))
    #expect(found.map(\.kind) == [.nearDuplicateRows])
  }

  @Test(arguments: [("rounded", 100.0), ("thousands", 0.001)])
  func aClassOfRoundedNumbersIsFound(name: String, step: Double) {
    var random = RandomGenerator(seed: 5)
    var made = SyntheticTable(rows: 600, classes: ["benign", "dos", "scan"])
    made.add(name) { _, label in
      let value = 1_000 + 90_000 * random.uniform()
      return label == "dos" ? (value * step).rounded() / step : value
    }
    let found = Honesty.findings(table: made.table)
    #expect(found.map(\.kind) == [.roundingTellsClass])
    #expect(found.first?.evidence["class"] == .text("dos"))
    #expect(found.first?.evidence["features"] == .texts([name]))
  }

  @Test func aClassInSinglePrecisionIsFound() {
    var random = RandomGenerator(seed: 5)
    var made = SyntheticTable()
    made.add("x") { _, name in
      let value = 1_000 * random.uniform()
      return name == "malicious" ? Double(Float(value)) : value
    }
    #expect(Honesty.findings(table: made.table).map(\.kind) == [.roundingTellsClass])
  }

  /// Means over one packet are whole: a class of such flows is told by their values as well.
  @Test func numbersThatAreWholeByNatureAreNoFinding() {
    var random = RandomGenerator(seed: 5)
    var made = SyntheticTable(rows: 600)
    made.add("mean") { row, name in
      name == "malicious" && row % 20 != 1
        ? Double(40 + 20 * random.below(2)) : 200 + 900 * random.uniform()
    }
    #expect(!Honesty.findings(table: made.table).kinds.contains(.roundingTellsClass))
  }
}
