import Evaluation
import FeatureTables
import Testing

/// Findings about features, each planted in a table that has none otherwise.
@Suite struct HonestyFeatureTests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func aCleanTableHasNone(seed: UInt64) {
    #expect(Honesty.findings(table: SyntheticTable(seed: seed).table) == [])
    let three = SyntheticTable(rows: 600, classes: ["benign", "dos", "scan"], seed: seed)
    #expect(Honesty.findings(table: three.table) == [])
  }

  @Test(arguments: [
    ("flow_id", FindingKind.identifierFeature), ("Destination Port", .identifierFeature),
    ("id.orig_h", .identifierFeature), ("Unnamed: 0", .identifierFeature),
    ("Timestamp", .timestampFeature), ("start_time", .timestampFeature),
    ("bidirectional_first_seen_ms", .timestampFeature), ("difficulty", .leakFeature),
    ("attack_cat", .leakFeature), ("Inbound", .leakFeature),
  ])
  func unfitFeaturesAreFoundByName(name: String, kind: FindingKind) {
    var random = RandomGenerator(seed: 3)
    var made = SyntheticTable()
    made.add(name) { _, _ in random.uniform() }
    let findings = Honesty.findings(table: made.table)
    #expect(findings.map(\.kind) == [kind])
    #expect(findings.first?.severity == .error)
    #expect(findings.first?.evidence["features"] == .texts([name]))
  }

  @Test func ordinaryNamesAreNot() {
    for name in ["flow_duration", "protocol", "packets", "idle_time_mean", "classification_rate"] {
      var random = RandomGenerator(seed: 3)
      var made = SyntheticTable()
      made.add(name) { _, _ in random.uniform() }
      #expect(Honesty.findings(table: made.table) == [], "\(name)")
    }
  }

  @Test func aRowNumberIsFoundByContent() {
    var made = SyntheticTable()
    made.add("x") { row, _ in Double(row) / 7 }
    #expect(Honesty.findings(table: made.table).map(\.kind) == [.identifierFeature])
    // Shuffled rows still know where they came from.
    var order = Array(0..<400)
    var random = RandomGenerator(seed: 11)
    random.shuffle(&order)
    let findings = Honesty.findings(table: made.table.rows(order))
    #expect(findings.map(\.kind) == [.identifierFeature])
    #expect(findings.first?.severity == .warning)
  }

  @Test func aShuffledNumberingIsFoundByContent() {
    var numbers = (0..<400).map { Double($0 * 3) }
    var random = RandomGenerator(seed: 11)
    random.shuffle(&numbers)
    var made = SyntheticTable()
    made.add("x") { row, _ in numbers[row] }
    #expect(Honesty.findings(table: made.table).map(\.kind) == [.identifierFeature])
  }

  @Test func wholeNumbersThatHappenToDifferAreNoNumbering() {
    var random = RandomGenerator(seed: 12)
    var seen: Set<Int> = []
    while seen.count < 400 { seen.insert(random.below(100_000_000)) }
    var numbers = seen.sorted()
    random.shuffle(&numbers)
    var made = SyntheticTable()
    made.add("x") { row, _ in Double(numbers[row]) }
    #expect(Honesty.findings(table: made.table) == [])
  }

  @Test(arguments: [1.0, 1e3, 1e6, 1e9])
  func aTimeStampIsFoundByContent(scale: Double) {
    var random = RandomGenerator(seed: 12)
    var made = SyntheticTable()
    made.add("x") { _, _ in (1_499_000_000 + random.uniform() * 1e6) * scale }
    #expect(Honesty.findings(table: made.table).map(\.kind) == [.timestampFeature])
  }

  @Test func aPerfectThresholdIsFound() {
    var random = RandomGenerator(seed: 4)
    var made = SyntheticTable()
    made.add("x") { _, name in random.uniform() + (name == "benign" ? 0 : 1) }
    let findings = Honesty.findings(table: made.table)
    #expect(findings.map(\.kind) == [.perfectFeature])
    #expect(findings.first?.evidence["features"] == .texts(["x"]))
    #expect(findings.first?.evidence["balanced_accuracy"] == .list([.number(1)]))
  }

  @Test func aPerfectLookupIsFound() {
    // Malicious where the tenths are odd: no threshold tells it, a histogram does.
    var random = RandomGenerator(seed: 4)
    var made = SyntheticTable()
    made.add("x") { _, name in
      Double(2 * random.below(5) + (name == "benign" ? 0 : 1)) + 0.4 * random.uniform()
    }
    #expect(Honesty.findings(table: made.table).map(\.kind) == [.perfectFeature])
  }

  @Test func aPerfectCategoryIsFoundAcrossTablesByName() throws {
    var training = SyntheticTable()
    training.add("state", kind: .categorical, categories: ["a", "b", "c"]) { row, name in
      name == "benign" ? Double(row / 2 % 2) : 2
    }
    var testing = SyntheticTable(seed: 9, startingAt: 2_000_000)
    testing.add("state", kind: .categorical, categories: ["c", "b", "a"]) { row, name in
      name == "benign" ? Double(1 + row / 2 % 2) : 0
    }
    let findings = Honesty.findings(
      training: training.table, testing: testing.table, modelScore: nil,
      split: SplitDescription(.separate))
    #expect(findings.kinds == [.perfectFeature, .constantWithinClass])
  }

  @Test func beingMissingCanTellTheClass() {
    var random = RandomGenerator(seed: 4)
    var made = SyntheticTable()
    made.add("x") { _, name in name == "benign" ? random.uniform() : .nan }
    let findings = Honesty.findings(table: made.table)
    #expect(findings.kinds == [.perfectFeature, .constantWithinClass])
    #expect(findings.first(.constantWithinClass)?.evidence["values"] == .list([.text("missing")]))
  }

  @Test func aFeatureThatTellsMaliceOfSeveralClassesIsFound() {
    var random = RandomGenerator(seed: 4)
    var made = SyntheticTable(rows: 600, classes: ["benign", "dos", "scan"])
    made.add("x") { _, name in random.uniform() + (name == "benign" ? 0 : 1) }
    #expect(Honesty.findings(table: made.table).map(\.kind) == [.perfectFeature])
  }

  @Test func aFeatureAsGoodAsTheModelIsFound() {
    // Right in about nineteen of twenty rows.
    var random = RandomGenerator(seed: 4)
    var made = SyntheticTable(rows: 2000)
    made.add("x") { _, name in
      let isRight = random.below(20) > 0
      return random.uniform() + ((name == "benign") == isRight ? 0 : 1)
    }
    let folds = (0..<2000).map { $0 / 2 % 5 }
    func findings(modelScore: Double?) -> [Finding] {
      Honesty.findings(
        table: made.table, folds: folds, modelScore: modelScore, split: SplitDescription(.grouped))
    }
    #expect(findings(modelScore: 0.955).map(\.kind) == [.singleFeature])
    #expect(findings(modelScore: 0.99) == [])
    #expect(findings(modelScore: nil) == [])
  }

  @Test func besideAModelThatKnowsNothingNoFeatureStandsOut() {
    #expect(
      Honesty.findings(
        table: SyntheticTable().table, folds: (0..<400).map { $0 / 2 % 5 }, modelScore: 0.5,
        split: SplitDescription(.grouped)) == [])
  }

  @Test func aValueOfOneClassAloneIsFound() {
    var random = RandomGenerator(seed: 4)
    var made = SyntheticTable(rows: 600, classes: ["benign", "dos", "scan"])
    made.add("port") { _, name in name == "dos" ? 80 : Double(random.below(50_000)) }
    let findings = Honesty.findings(table: made.table)
    #expect(findings.map(\.kind) == [.constantWithinClass])
    #expect(findings.first?.evidence["class"] == .text("dos"))
    #expect(findings.first?.evidence["values"] == .list([.number(80)]))
  }

  @Test func aConstantOfTheWholeTableIsNotOfOneClass() {
    var made = SyntheticTable()
    made.add("x") { _, _ in 5 }
    #expect(Honesty.findings(table: made.table) == [])
  }

  @Test func rowsWithoutLabelAndTablesWithoutRowsAreNoTrouble() {
    var made = SyntheticTable()
    made.names = made.names.enumerated().map { $0 % 3 == 0 ? nil : $1 }
    #expect(Honesty.findings(table: made.table) == [])
    let none = made.table.rows([])
    #expect(Honesty.findings(table: none) == [])
    #expect(
      Honesty.findings(
        training: none, testing: none, modelScore: 0.9, split: SplitDescription(.random))
        == [])
    #expect(
      Honesty.findings(
        training: nil, testing: none, modelScore: 0.9, split: SplitDescription(.time)) == [])
  }
}
