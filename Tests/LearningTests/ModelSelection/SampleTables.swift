import FeatureTables

/// A table with random classes of very different sizes, connections of one to `largest` rows,
/// repeated feature vectors and start times with ties.
func sampleTable(
  rows: Int, seed: UInt64, largest: Int = 6, hasConnections: Bool = true, unlabeled: Int = 0
) -> LabeledTable {
  var random = RandomGenerator(seed: seed)
  var connections: [UInt64] = []
  var names: [String?] = []
  while connections.count < rows {
    let connection = random.next()
    let name = ["BENIGN", "BENIGN", "BENIGN", "BENIGN", "Bot", "DDoS", "DDoS"][random.below(7)]
    for _ in 0...random.below(largest) where connections.count < rows {
      connections.append(connection)
      names.append(name)
    }
  }
  names[rows - 1] = "Heartbleed"
  for row in 0..<unlabeled { names[row * 7 % rows] = nil }
  // Two columns of few values, so that some vectors repeat across connections.
  let values = (0..<2 * rows).map { _ in Double(random.below(rows)) }
  return table(
    values: values, columns: 2, names: names,
    identity: RowIdentity(
      connections: hasConnections ? connections : [],
      startTimes: (0..<rows).map { _ in Int64(random.below(rows / 2 + 1)) },
      sourceIndices: Array(repeating: 0, count: rows), sources: ["flows.csv"]))
}

/// A table from column-major values and one class name a row.
func table(
  values: [Double], columns: Int, names: [String?], identity: RowIdentity = RowIdentity()
) -> LabeledTable {
  let schema = FeatureSchema(
    identifier: "test", version: 1,
    features: (0..<columns).map { Feature("column_\($0)", in: .number) })
  return LabeledTable(
    matrix: FeatureMatrix(schema: schema, rowCount: names.count, values: values),
    labels: Labels(names: names), identity: identity)
}

extension LabeledTable {
  /// Each row as the bits of its values: equal rows have equal keys.
  func rowKey(_ row: Int) -> [UInt64] { matrix.row(row).map(\.bitPattern) }
}
