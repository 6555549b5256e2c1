import FeatureTables

/// What training and test rows share that they should not.
struct SplitCheck {
  let training: LabeledTable
  let testing: LabeledTable
  let split: SplitDescription

  var findings: [Finding] {
    [
      duplicates, nearDuplicates, connections, times,
      SplitFindings.randomSplit(split, testing.identity),
    ]
    .compactMap { $0 } + classes
  }

  private var duplicates: Finding? {
    let seen = Set(RowFingerprint.hashes(of: training.matrix))
    let shared = RowFingerprint.hashes(of: testing.matrix).count { seen.contains($0) }
    return SplitFindings.duplicates(shared, of: testing.rowCount)
  }

  private var nearDuplicates: Finding? {
    NearDuplicates(
      training: training, trainingRows: Array(0..<training.rowCount), testing: testing,
      testingRows: Array(0..<testing.rowCount)
    ).finding
  }

  private var connections: Finding? {
    let seen = Set(training.identity.connections)
    let shared = testing.identity.connections.count { seen.contains($0) }
    return SplitFindings.connections(shared, of: testing.rowCount)
  }

  /// Only where time was to be respected: a grouped split of one recording mixes times by design.
  private var times: Finding? {
    guard split.kind == .time || split.kind == .separate else { return nil }
    let trained = training.identity.startTimes.filter { $0 != .min }
    let tested = testing.identity.startTimes.filter { $0 != .min }
    guard let last = trained.max() else { return nil }
    return SplitFindings.times(earlier: tested.count { $0 < last }, of: tested.count)
  }

  private var classes: [Finding] {
    let trained = training.presentClasses
    let tested = testing.presentClasses
    return SplitFindings.classes(
      untrained: tested.filter { !trained.contains($0) },
      untested: trained.filter { !tested.contains($0) })
  }
}

/// The findings about a split, in words; `SplitCheck`, `FoldCheck` and `TrainingFingerprints`
/// count what goes into them.
enum SplitFindings {
  static func duplicates(_ shared: Int, of rows: Int, sampled: Bool = false) -> Finding? {
    guard shared > 0 else { return nil }
    let share = Double(shared) / Double(rows)
    return Finding(
      .duplicateRows, share < 0.01 ? .info : share < 0.1 ? .warning : .error,
      "\(shared) of \(rows) \(sampled ? "sampled " : "")test rows (\(percent(shared, of: rows))) "
        + "equal a training row in every feature; what is right about them may be known by heart.",
      evidence: ["rows": .count(shared), "of_rows": .count(rows), "sampled": .flag(sampled)])
  }

  static func connections(_ shared: Int, of rows: Int, sampled: Bool = false) -> Finding? {
    guard shared > 0 else { return nil }
    return Finding(
      .connectionAcrossSplit, Double(shared) < 0.1 * Double(rows) ? .warning : .error,
      "\(shared) of \(rows) \(sampled ? "sampled " : "")test rows (\(percent(shared, of: rows))) "
        + "belong to a connection that has training rows too; split by connection.",
      evidence: ["rows": .count(shared), "of_rows": .count(rows), "sampled": .flag(sampled)])
  }

  static func times(earlier: Int, of rows: Int) -> Finding? {
    guard earlier > 0 else { return nil }
    return Finding(
      .trainingAfterTest, .warning,
      "\(earlier) of \(rows) test rows (\(percent(earlier, of: rows))) start before the last "
        + "training row; the model was trained on their future.",
      evidence: ["rows": .count(earlier), "of_rows": .count(rows)])
  }

  static func randomSplit(_ split: SplitDescription, _ identity: RowIdentity) -> Finding? {
    guard split.isByRow, !identity.connections.isEmpty else { return nil }
    return Finding(
      .randomSplit, .warning,
      "rows were split at random although their connections are known; a connection's rows are "
        + "alike, so scores come out too high. Use a grouped split.",
      evidence: ["split": .text(split.name)])
  }

  static func classes(untrained: [String], untested: [String]) -> [Finding] {
    var findings: [Finding] = []
    if !untrained.isEmpty {
      findings.append(
        Finding(
          .classNotTrained, .warning,
          "classes with test rows but no training rows: \(listing(untrained)); the model cannot "
            + "name them.", evidence: ["classes": .texts(untrained)]))
    }
    if !untested.isEmpty {
      findings.append(
        Finding(
          .classNotTested, .info,
          "classes with training rows but no test rows: \(listing(untested)); nothing is known "
            + "of how well they are found.", evidence: ["classes": .texts(untested)]))
    }
    return findings
  }
}

extension LabeledTable {
  /// The classes that have rows.
  var presentClasses: [String] {
    zip(labels.classes, labels.classCounts).filter { $0.1 > 0 }.map(\.0)
  }
}
