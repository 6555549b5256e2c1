import FeatureTables

/// Equal feature vectors with different labels: no model can be right about all of them.
enum LabelConflicts {
  static func findings(_ table: LabeledTable) -> [Finding] {
    let hashes = RowFingerprint.hashes(of: table.matrix)
    let order = hashes.indices.sorted { hashes[$0] < hashes[$1] }
    var (vectors, rows, errors) = (0, 0, 0)
    var counts: [Int32: Int] = [:]
    var start = 0
    while start < order.count {
      var end = start
      counts.removeAll(keepingCapacity: true)
      while end < order.count, hashes[order[end]] == hashes[order[start]] {
        counts[table.labels.codes[order[end]], default: 0] += 1
        end += 1
      }
      if counts.count > 1 {
        vectors += 1
        rows += end - start
        errors += end - start - (counts.values.max() ?? 0)
      }
      start = end
    }
    guard vectors > 0 else { return [] }
    let isMany = Double(errors) >= 0.01 * Double(hashes.count)
    return [
      Finding(
        .labelConflict, isMany ? .warning : .info,
        "\(rows) rows (\(percent(rows, of: hashes.count))) have features that other rows have "
          + "with another label; at least \(errors) of them must be predicted wrong.",
        evidence: [
          "vectors": .count(vectors), "rows": .count(rows), "least_errors": .count(errors),
          "of_rows": .count(hashes.count),
        ])
    ]
  }
}
