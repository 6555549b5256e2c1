import Models

/// What goes along with a long fit of trees: what it begins with, what is told on the way, and what
/// is kept in case it does not come to its end.
///
/// Rounds of boosting and trees of a forest are both counted as `trees` does.
public struct TreeFitCourse: Sendable {
  /// Trees to begin with, as a fit to the same columns and classes gave them; the fit adds those
  /// that are missing to `trees`. Nil to begin with none.
  ///
  /// Tree by tree, random choices depend on the seed and the tree's number alone. So a fit that
  /// begins with the trees of another one is, to the last bit, the fit of all the trees at once
  /// where rows, weights and settings other than `trees` are the same. Early stopping judges the
  /// first trees again. With other rows boosting goes on from the margins that the first trees
  /// give them, and with the base scores of the first fit.
  public var start: TreeEnsemble?
  /// Called with the number of rounds or trees that are done and that there will be at most; by a
  /// forest from any thread, and not in order.
  public var report: (@Sendable (_ done: Int, _ total: Int) -> Void)?
  /// Rounds or trees after each of which `keep` is called.
  public var interval = 50
  /// Called with all trees so far, those at the start included, and not with the last.
  public var keep: (@Sendable (TreeEnsemble) throws(FitError) -> Void)?

  /// A fit that begins with nothing, tells nothing and keeps nothing.
  public init() {}

  /// How many rounds or trees the start has.
  /// - Throws: `FitError.hyperparameter` where it leaves nothing to do.
  func startCount(
    outputs: Int, of total: Int, featureCount: Int, classCount: Int
  ) throws(FitError) -> Int {
    precondition(keep == nil || interval > 0)
    guard let start else { return 0 }
    precondition(
      start.featureCount == featureCount && start.classCount == classCount,
      "the trees to begin with are for other columns or classes")
    let count = start.trees.count / outputs
    guard count < total else {
      throw FitError.hyperparameter(
        name: "trees", value: "\(total)",
        allowed: "more than the \(count) that the fit begins with")
    }
    return count
  }
}
