import FeatureTables

/// What the folds of a cross-validation share that they should not.
struct FoldCheck {
  let table: LabeledTable
  /// The fold that tests each row; negative for a row that only trains.
  let folds: [Int]
  let split: SplitDescription

  var findings: [Finding] {
    [
      SplitFindings.duplicates(
        sharedRows(RowFingerprint.hashes(of: table.matrix)), of: testedRowCount),
      nearDuplicates,
      SplitFindings.connections(sharedRows(table.identity.connections), of: testedRowCount),
      times, SplitFindings.randomSplit(split, table.identity),
    ].compactMap { $0 } + classes
  }

  /// The test rows of one fold, the first, or the last where folds are ordered in time; and the
  /// rows that trained for them.
  var example: (training: [Int], testing: [Int]) {
    let tested = Set(folds.filter { $0 >= 0 })
    let test = (split.kind == .time ? tested.max() : tested.min()) ?? 0
    return (
      folds.indices.filter { trains(folds[$0], forFold: test) },
      folds.indices.filter { folds[$0] == test }
    )
  }

  /// In the fold that serves as an example.
  private var nearDuplicates: Finding? {
    let (training, testing) = example
    return NearDuplicates(
      training: table, trainingRows: training, testing: table, testingRows: testing
    ).finding
  }

  private var testedRowCount: Int { folds.count { $0 >= 0 } }

  private func trains(_ fold: Int, forFold test: Int) -> Bool {
    split.kind == .time ? fold < test : fold != test
  }

  /// Test rows whose hash occurs in a training row of their fold. Whether a hash does is known
  /// from its lowest and its highest fold: a row in one fold is trained on by any other.
  private func sharedRows(_ hashes: [UInt64]) -> Int {
    var range: [UInt64: ClosedRange<Int>] = [:]
    for (hash, fold) in zip(hashes, folds) {
      if let known = range[hash] {
        range[hash] = min(known.lowerBound, fold)...max(known.upperBound, fold)
      } else {
        range[hash] = fold...fold
      }
    }
    return zip(hashes, folds).count { hash, fold in
      guard fold >= 0, let range = range[hash] else { return false }
      return trains(range.lowerBound, forFold: fold) || trains(range.upperBound, forFold: fold)
    }
  }

  private var times: Finding? {
    let starts = table.identity.startTimes
    guard split.kind == .time, !starts.isEmpty else { return nil }
    var latest: [Int: Int64] = [:]
    for (start, fold) in zip(starts, folds) { latest[fold] = max(latest[fold] ?? .min, start) }
    var earlier = 0
    for fold in Set(folds) where fold >= 0 {
      let last = latest.filter { $0.key < fold }.map(\.value).max() ?? .min
      earlier += zip(starts, folds).count { $1 == fold && $0 != .min && $0 < last }
    }
    return SplitFindings.times(earlier: earlier, of: testedRowCount)
  }

  /// Classes that some fold tests without training rows, and classes that no fold tests.
  private var classes: [Finding] {
    let names = table.labels.classes
    var foldsOfClass = Array(repeating: Set<Int>(), count: names.count)
    for (code, fold) in zip(table.labels.codes, folds) { foldsOfClass[Int(code)].insert(fold) }
    let untrained = names.indices.filter { code in
      foldsOfClass[code].contains { test in
        test >= 0 && !foldsOfClass[code].contains { trains($0, forFold: test) }
      }
    }
    let untested = names.indices.filter { code in
      !foldsOfClass[code].isEmpty && foldsOfClass[code].allSatisfy { $0 < 0 }
    }
    return SplitFindings.classes(
      untrained: untrained.map { names[$0] }, untested: untested.map { names[$0] })
  }
}
