import FeatureTables
import Foundation

/// Test rows that are all but equal to a training row: every number within a hundredth, every
/// category the same. Rows that are quite equal are not counted; `SplitFindings.duplicates` does.
///
/// The columns are dealt out into bands, and a pair is looked at where it falls into one cell of a
/// logarithmic grid in all columns of a band (locality-sensitive hashing by bands). Test rows are
/// sampled, training rows are not.
struct NearDuplicates {
  private static let tolerance = 0.01
  private static let bandCount = 4
  private static let testSample = 5_000
  /// More test rows in one cell are a common value and no trace of a duplicate.
  private static let fullCell = 32
  /// Pairs of unrelated rows by which it is judged how alike rows are by chance.
  private static let chancePairs = 2_000
  /// So many matches a test row may be expected by chance, for a match to mean something.
  private static let mostByChance = 0.001

  let training: LabeledTable
  let trainingRows: [Int]
  let testing: LabeledTable
  let testingRows: [Int]

  /// Nil where there are none, and where the tables have too few columns to tell.
  var finding: Finding? {
    guard !trainingRows.isEmpty, !testingRows.isEmpty,
      training.matrix.schema.features == testing.matrix.schema.features,
      training.matrix.categories == testing.matrix.categories, isTellable
    else { return nil }
    let sampled = sample(testingRows, NearDuplicates.testSample)
    let candidates = withoutEqualRows(sampled)
    let found = count(candidates)
    guard found > 0 else { return nil }
    let isSampled = sampled.count < testingRows.count
    return Finding(
      .nearDuplicateRows, Double(found) < 0.1 * Double(sampled.count) ? .info : .warning,
      "\(found) of \(sampled.count) \(isSampled ? "sampled " : "")test rows "
        + "(\(percent(found, of: sampled.count))) differ from a training row by less than a "
        + "hundredth in every feature; what is right about them may be known by heart.",
      evidence: [
        "rows": .count(found), "of_rows": .count(sampled.count), "sampled": .flag(isSampled),
      ])
  }

  /// Whether unrelated rows would hardly be this alike, taking the columns for independent: that
  /// they are not is what is looked for.
  private var isTellable: Bool {
    var random = RandomGenerator(seed: 0)
    let pairs = (0..<NearDuplicates.chancePairs).map { _ in
      (
        trainingRows[random.below(trainingRows.count)], testingRows[random.below(testingRows.count)]
      )
    }
    let logarithm = training.matrix.schema.features.indices.reduce(0.0) { sum, column in
      let hits = pairs.count { areAlike($0.0, $0.1, column: column) }
      return sum + log(Double(hits + 1) / Double(pairs.count + 1))
    }
    return Double(trainingRows.count) * exp(logarithm) <= NearDuplicates.mostByChance
  }

  private func sample(_ rows: [Int], _ capacity: Int) -> [Int] {
    let count = min(rows.count, capacity)
    return (0..<count).map { rows[$0 * rows.count / count] }
  }

  private func withoutEqualRows(_ rows: [Int]) -> [Int] {
    let trained = RowFingerprint.hashes(of: training.matrix)
    let known = Set(trainingRows.map { trained[$0] })
    let tested = RowFingerprint.hashes(of: testing.matrix)
    return rows.filter { !known.contains(tested[$0]) }
  }

  /// How many of `rows` have a training row that is all but equal.
  private func count(_ rows: [Int]) -> Int {
    let bands = bands(rows)
    var found = Set<Int>()
    for band in bands {
      var cells: [UInt64: [Int]] = [:]
      for row in rows where !found.contains(row) {
        cells[cell(of: row, in: testing.matrix, band), default: []].append(row)
      }
      cells = cells.filter { $0.value.count <= NearDuplicates.fullCell }
      guard !cells.isEmpty else { continue }
      for row in trainingRows {
        guard let candidates = cells[cell(of: row, in: training.matrix, band)] else { continue }
        for other in candidates where !found.contains(other) {
          if areAlike(row, other) { found.insert(other) }
        }
      }
    }
    return found.count
  }

  /// The columns, those with the most values dealt out first, so that each band has some.
  private func bands(_ rows: [Int]) -> [[Int]] {
    let columns = training.matrix.schema.features.indices
    let distinct = columns.map { column in
      Set(rows.map { testing.matrix[$0, column].bitPattern }).count
    }
    let dealt = columns.sorted { (distinct[$1], $0) < (distinct[$0], $1) }
    let count = min(NearDuplicates.bandCount, max(dealt.count / 2, 1))
    return (0..<count).map { band in
      stride(from: band, to: dealt.count, by: count).map { dealt[$0] }
    }
  }

  private func cell(of row: Int, in matrix: FeatureMatrix, _ columns: [Int]) -> UInt64 {
    RowFingerprint.hash(
      columns.map { column in
        let value = matrix[row, column]
        guard value != 0, value.isFinite, matrix.schema.features[column].kind == .numeric else {
          return value
        }
        // Steps of two hundredths; one more tells the sign.
        let step = (log(abs(value)) / (2 * NearDuplicates.tolerance)).rounded()
        return value < 0 ? -step - 0.5 : step
      })
  }

  private func areAlike(_ trained: Int, _ tested: Int) -> Bool {
    training.matrix.schema.features.indices.allSatisfy {
      areAlike(trained, tested, column: $0)
    }
  }

  private func areAlike(_ trained: Int, _ tested: Int, column: Int) -> Bool {
    let (left, right) = (training.matrix[trained, column], testing.matrix[tested, column])
    if left == right || (left.isNaN && right.isNaN) { return true }
    guard training.matrix.schema.features[column].kind == .numeric else { return false }
    return abs(left - right) <= NearDuplicates.tolerance * max(abs(left), abs(right))
  }
}
