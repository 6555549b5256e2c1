import FeatureTables
import Learning

/// Rows that `Tests/References/linear_references.py` makes bit for bit the same: six columns of
/// different scale, two of them correlated, one of zeros and ones; three classes that overlap.
func syntheticRows(_ count: Int, seed: UInt64) -> (matrix: FeatureMatrix, codes: [Int32]) {
  var generator = RandomGenerator(seed: seed)
  var rows: [[Double]] = []
  var codes: [Int32] = []
  for _ in 0..<count {
    let u = (0..<9).map { _ in generator.uniform() }
    let x0 = 2 * u[0] - 1
    rows.append([x0, 1000 * u[1], 2 * x0 + u[2], u[3] < 0.25 ? 1 : 0, 0.001 * u[4], u[5]])
    let scores = [u[6], 0.75 * x0 + u[7], u[1] - 0.5 + u[8]]
    codes.append(Int32(scores.firstIndex(of: scores.max() ?? 0) ?? 0))
  }
  return (matrix(ofRows: rows), codes)
}

/// A matrix of numeric columns from its rows.
func matrix(ofRows rows: [[Double]], columnCount: Int? = nil) -> FeatureMatrix {
  let columnCount = columnCount ?? rows[0].count
  let features = (0..<columnCount).map { Feature("column_\($0)", in: .none) }
  return FeatureMatrix(
    schema: FeatureSchema(identifier: "synthetic", version: 1, features: features),
    rowCount: rows.count, values: (0..<columnCount).flatMap { column in rows.map { $0[column] } })
}

/// Labels with classes called 0, 1, 2 and so on.
func labels(_ codes: [Int32], classCount: Int? = nil) -> Labels {
  let classCount = classCount ?? Int(codes.max() ?? 0) + 1
  return Labels(classes: (0..<classCount).map { "\($0)" }, codes: codes, benign: ["0"])
}
