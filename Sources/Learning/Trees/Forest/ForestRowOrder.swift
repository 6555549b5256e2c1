import FeatureTables

/// An order of the rows of a large table in which rows that trees tend to keep together lie
/// together. Nodes are small parts of the table, and what a processor fetches of a column is then
/// mostly theirs.
///
/// It is the order of the leaves of a tree that has no place in the forest. Which trees there are
/// does not depend on it.
struct ForestRowOrder: Sendable {
  /// The former place of each row; nil where rows stay as they are.
  let places: [Int32]?

  /// Rows from which on reordering pays: below, columns fit near the processor.
  private static let manyRows = 65_536
  /// Rows of a leaf at least: the order within does not matter.
  private static let leafRows = 256

  init(_ table: BinnedMatrix<UInt16>, _ rows: ClassedRows, seed: UInt64, workspace: ForestWorkspace)
  {
    guard rows.count >= ForestRowOrder.manyRows else {
      places = nil
      return
    }
    var learner = RandomForest(seed: seed)
    (learner.bootstrap, learner.minSamplesLeaf) = (false, ForestRowOrder.leafRows)
    _ = ForestTreeGrower(
      learner: learner, table: table, rows: rows, order: ForestRowOrder(),
      generator: learner.generator(tree: 0), workspace: workspace
    ).grow()
    places = workspace.indices.elements(in: 0..<rows.count)
  }

  private init() { places = nil }

  /// Moves what there is of each row to its new place.
  func reorder<Element: BitwiseCopyable>(_ elements: Buffer<Element>) {
    guard let places else { return }
    precondition(places.count == elements.count)
    let former = Buffer<Element>(uninitialized: elements.count)
    // Safe: places are a permutation of the rows.
    unsafe former.base.update(from: elements.base, count: elements.count)
    for (row, place) in places.enumerated() {
      unsafe elements.base[row] = former.base[Int(place)]
    }
  }

  func reordered<Element>(_ elements: [Element]) -> [Element] {
    places?.map { elements[Int($0)] } ?? elements
  }
}
