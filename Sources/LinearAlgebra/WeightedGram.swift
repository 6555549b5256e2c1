import COpenBLAS

/// Memory that a series of weighted Gram updates uses again and again, for one thread.
public struct GramWorkspace {
  private var kept: [Int] = []
  private var roots: [Double] = []
  fileprivate var scaled: [Double] = []

  /// No memory yet; the first update takes it.
  public init() {}

  /// Puts the rows of positive weight, each times the root of its weight, into `scaled`.
  /// - Returns: their number.
  fileprivate mutating func scale(_ rows: Matrix, by weights: [Double]) -> Int {
    kept.removeAll(keepingCapacity: true)
    roots.removeAll(keepingCapacity: true)
    for (row, weight) in weights.enumerated() where weight > 0 {
      kept.append(row)
      roots.append(weight.squareRoot())
    }
    let needed = kept.count * rows.columnCount
    if scaled.count < needed { scaled = Array(repeating: 0, count: needed) }
    rows.scaleRows(kept, by: roots, into: &scaled)
    return kept.count
  }
}

extension SymmetricMatrix {
  /// Adds the Gram matrix of weighted rows: X'WX, where X is `rows` and W is diagonal (BLAS
  /// `dsyrk`). Rows of weight 0 cost nothing.
  /// - Parameters:
  ///   - rows: any number of rows, `order` columns.
  ///   - weights: one a row, none negative.
  public mutating func addGram(
    of rows: Matrix, weights: [Double], using workspace: inout GramWorkspace
  ) {
    precondition(rows.columnCount == order && weights.count == rows.rowCount)
    let count = workspace.scale(rows, by: weights)
    guard count > 0, order > 0 else { return }
    OpenBLAS.prepare()
    unsafe cblas_dsyrk(
      CblasColMajor, CblasLower, CblasTrans, blasint(order), blasint(count), 1, workspace.scaled,
      blasint(count), 1, &values, blasint(order))
  }
}
