import FeatureTables
import Models
import Testing

/// Columns as a matrix.
func treeMatrix(_ columns: [[Double]]) -> FeatureMatrix {
  FeatureMatrix(
    schema: FeatureSchema(
      identifier: "test", version: 1,
      features: columns.indices.map { Feature("column_\($0)", in: .none) }),
    rowCount: columns.first?.count ?? 0, values: columns.flatMap { $0 })
}

func treeLabels(_ codes: [Int32], classCount: Int = 2) -> Labels {
  Labels(classes: (0..<classCount).map { "class\($0)" }, codes: codes, benign: ["class0"])
}

/// A table whose classes depend on its columns, with noise: one fine column, one of few values,
/// one of large whole numbers, one that is sometimes missing, a duplicate and a constant.
func noisyTable(
  rowCount: Int, classCount: Int = 2, seed: UInt64 = 1, missing: Bool = true
) -> (matrix: FeatureMatrix, labels: Labels) {
  var random = RandomGenerator(seed: seed)
  var columns = [[Double]](repeating: [], count: 6)
  var codes: [Int32] = []
  for _ in 0..<rowCount {
    let fine = random.uniform()
    let few = Double(random.below(4))
    let large = Double(random.below(1_000)) * 1e9
    let gapped = missing && random.below(5) == 0 ? Double.nan : random.uniform() * 10
    for (column, value) in [fine, few, large, gapped, few, 7].enumerated() {
      columns[column].append(value)
    }
    var signal = fine * 2 + few / 2 + (large > 5e11 ? 1 : 0) + random.uniform() * 1.5
    signal += gapped.isNaN ? 1 : (gapped > 7 ? 0.7 : 0)
    codes.append(Int32(min(classCount - 1, max(0, Int(signal / 6 * Double(classCount))))))
  }
  return (treeMatrix(columns), treeLabels(codes, classCount: classCount))
}

extension FeatureMatrix {
  /// The value of a row and column as trees see it.
  func float(_ row: Int, _ column: Int) -> Float { Float(self[row, column]) }
}

/// Mean of minus the logarithm of the probability of each row's class.
func meanLogLoss(_ probabilities: [Double], _ labels: Labels) -> Double {
  let width = labels.classes.count
  return labels.codes.enumerated().reduce(0) { sum, row in
    sum - naturalLog(max(1e-15, probabilities[row.offset * width + Int(row.element)]))
  } / Double(labels.count)
}

/// Whether two models are the same, bit for bit; says in which tree they differ, and does not
/// print them.
func expectSame(
  _ model: TreeEnsemble, _ other: TreeEnsemble, sourceLocation: SourceLocation = #_sourceLocation
) {
  let isSame = model == other
  let different = zip(model.trees, other.trees).enumerated().first { $1.0 != $1.1 }?.offset
  #expect(isSame, "tree \(different ?? -1)", sourceLocation: sourceLocation)
}
