import Evaluation
import FeatureTables
import Testing

/// Findings about splits, labels and captures, each planted in a split that has none otherwise.
@Suite struct HonestySplitTests {
  let training = SyntheticTable(seed: 1)
  let testing = SyntheticTable(rows: 200, seed: 2, startingAt: 2_000_000)
  let folds = (0..<400).map { $0 / 2 % 5 }

  func findings(
    _ training: SyntheticTable, _ testing: SyntheticTable, _ kind: SplitDescription.Kind = .separate
  ) -> [Finding] {
    Honesty.findings(
      training: training.table, testing: testing.table, modelScore: 0.9,
      split: SplitDescription(kind))
  }

  func findings(
    _ table: SyntheticTable, folds: [Int], _ kind: SplitDescription.Kind = .grouped
  ) -> [Finding] {
    Honesty.findings(
      table: table.table, folds: folds, modelScore: 0.9, split: SplitDescription(kind))
  }

  @Test func aCleanSplitHasNone() {
    #expect(findings(training, testing) == [])
    #expect(findings(training, folds: folds) == [])
    #expect(findings(training, folds: (0..<400).map { $0 / 100 - 1 }, .time) == [])
  }

  @Test(arguments: [(1, Finding.Severity.info), (10, .warning), (100, .error)])
  func rowsOnBothSidesAreFound(count: Int, severity: Finding.Severity) throws {
    var testing = testing
    for column in testing.columns.indices {
      testing.columns[column][0..<count] = training.columns[column][0..<count]
    }
    let found = findings(training, testing)
    #expect(found.map(\.kind) == [.duplicateRows])
    #expect(found.first?.evidence["rows"] == .count(count))
    #expect(found.first?.evidence["of_rows"] == .count(200))
    #expect(found.first?.severity == severity)
  }

  @Test func rowsOnBothSidesOfFoldsAreFound() {
    var table = training
    // Two rows of fold 0 come again in fold 1, two of fold 2 in fold 2 itself.
    for column in table.columns.indices {
      table.columns[column][2...3] = table.columns[column][0...1]
      table.columns[column][14...15] = table.columns[column][4...5]
    }
    let found = findings(table, folds: folds)
    #expect(found.map(\.kind) == [.duplicateRows])
    #expect(found.first?.evidence["rows"] == .count(4))
  }

  @Test func withASplitByTimeOnlyTheLaterOfTwoEqualRowsCounts() {
    var table = training
    for column in table.columns.indices {
      table.columns[column][398...399] = table.columns[column][200...201]
    }
    let found = findings(table, folds: (0..<400).map { $0 / 100 - 1 }, .time)
    #expect(found.first(.duplicateRows)?.evidence["rows"] == .count(2))
    #expect(found.first(.duplicateRows)?.evidence["of_rows"] == .count(300))
  }

  @Test func connectionsOnBothSidesAreFound() {
    var testing = testing
    testing.connections[5] = training.connections[7]
    #expect(findings(training, testing).map(\.kind) == [.connectionAcrossSplit])
    var table = training
    table.connections[0] = table.connections[399]
    let found = findings(table, folds: folds)
    #expect(found.map(\.kind) == [.connectionAcrossSplit])
    #expect(found.first?.evidence["rows"] == .count(2))
    #expect(found.first?.severity == .warning)
  }

  @Test func trainingOnTheFutureIsFound() {
    var testing = testing
    testing.startTimes[0..<30] = testing.startTimes[0..<30].map { $0 - 1_500_000_000_000_000 }[...]
    let found = findings(training, testing)
    #expect(found.map(\.kind) == [.trainingAfterTest])
    #expect(found.first?.evidence["rows"] == .count(30))
    // Folds against the clock: all but the last hundred rows are tested on their past.
    let backwards = findings(training, folds: (0..<400).map { 2 - $0 / 100 }, .time)
    #expect(backwards.map(\.kind) == [.trainingAfterTest])
    #expect(backwards.first?.evidence["rows"] == .count(300))
  }

  @Test func rowsWithoutATimeSayNothing() {
    var testing = testing
    testing.startTimes = testing.startTimes.map { _ in .min }
    #expect(findings(training, testing) == [])
  }

  @Test func classesOfOneSideAreFound() {
    var training = training
    var testing = testing
    training.names = training.names.enumerated().map { $0 < 20 ? "old" : $1 }
    testing.names = testing.names.enumerated().map { $0 < 20 ? "new" : $1 }
    let found = findings(training, testing)
    #expect(found.kinds == [.classNotTrained, .classNotTested])
    #expect(found.first(.classNotTrained)?.evidence["classes"] == .texts(["new"]))
    #expect(found.first(.classNotTested)?.evidence["classes"] == .texts(["old"]))
    var table = self.training
    table.names[0] = "rare"
    #expect(findings(table, folds: folds).map(\.kind) == [.classNotTrained])
  }

  @Test func aRandomSplitOfKnownConnectionsIsFound() {
    #expect(findings(training, folds: folds, .stratified).map(\.kind) == [.randomSplit])
    #expect(findings(training, testing, .random).map(\.kind) == [.randomSplit])
    var table = training
    table.connections = []
    #expect(findings(table, folds: folds, .stratified) == [])
  }

  @Test func equalRowsWithDifferentLabelsAreFound() {
    var table = training
    for column in table.columns.indices { table.columns[column][1] = table.columns[column][0] }
    let found = Honesty.findings(table: table.table)
    #expect(found.map(\.kind) == [.labelConflict])
    #expect(found.first?.evidence["rows"] == .count(2))
    #expect(found.first?.evidence["least_errors"] == .count(1))
    #expect(found.first?.severity == .info)
  }

  @Test func aCapturePerClassIsFound() {
    var table = training
    table.sourceIndices = table.names.map { $0 == "benign" ? 0 : 1 }
    let found = Honesty.findings(table: table.table)
    #expect(found.map(\.kind) == [.classFromOneCapture])
    #expect(
      found.first?.evidence["captures"]
        == .object(["benign": .texts(["a.pcap"]), "malicious": .texts(["b.pcap"])]))
  }

  @Test func anAttackDayThatHasBenignTrafficTooIsFine() {
    var table = training
    table.sourceIndices = table.names.enumerated().map {
      $1 == "benign" ? Int32($0 / 2 % 2) : 1
    }
    #expect(Honesty.findings(table: table.table) == [])
  }

  @Test func fingerprintsStandInForTheTrainingRows() {
    var testing = testing
    for column in testing.columns.indices {
      testing.columns[column][0..<50] = training.columns[column][0..<50]
    }
    testing.connections[100..<150] = training.connections[100..<150]
    let all = TrainingFingerprints(of: training.table, capacity: 1000)
    let found = Honesty.findings(
      fingerprints: all, testing: testing.table, modelScore: 0.9)
    #expect(found.kinds == [.duplicateRows, .connectionAcrossSplit])
    for finding in found {
      #expect(finding.evidence["rows"] == .count(50))
      #expect(finding.evidence["of_rows"] == .count(200))
      #expect(finding.evidence["sampled"] == .flag(false))
    }
    #expect(
      Honesty.findings(fingerprints: all, testing: self.testing.table, modelScore: 0.9) == [])
  }

  @Test func aSampleOfFingerprintsEstimatesTheShare() throws {
    var testing = testing
    for column in testing.columns.indices {
      testing.columns[column][0..<100] = training.columns[column][0..<100]
    }
    let sample = TrainingFingerprints(of: training.table, capacity: 200)
    let found = Honesty.findings(
      fingerprints: sample, testing: testing.table, modelScore: 0.9)
    let finding = try #require(found.first(.duplicateRows))
    #expect(finding.evidence["sampled"] == .flag(true))
    guard case .number(let rows) = finding.evidence["rows"],
      case .number(let total) = finding.evidence["of_rows"]
    else {
      Issue.record("no counts")
      return
    }
    // Half of the test rows were trained on, and half of all hashes are below the limit.
    #expect(abs(rows / total - 0.5) < 0.15)
    #expect(abs(total - 100) < 30)
  }
}
