/// Where a long fit of trees keeps what it has.
public struct CheckpointPlan: Sendable, Equatable {
  /// The file, which is written anew each time, whole or not at all.
  public let path: String
  /// Rounds of boosting, or trees of a forest, from one checkpoint to the next.
  public let interval: Int
  /// Whether the fit goes on from the file instead of beginning anew.
  public let resumes: Bool

  /// - Parameter interval: at least 1.
  public init(path: String, interval: Int = 50, resumes: Bool = false) {
    precondition(interval > 0)
    self.path = path
    self.interval = interval
    self.resumes = resumes
  }
}

/// What a fit tells on its way. Rounds of boosting and trees of a forest both count as trees.
public enum TrainingEvent: Sendable, Equatable {
  /// The fit goes on from a checkpoint with so many trees.
  case resumed(trees: Int)
  /// So many trees are there, of at most `total`. Told by any thread, and by a forest not in order.
  case grown(trees: Int, total: Int)
  /// A checkpoint is being written: until `kept`, the file may be the old or the new one.
  case keeping
  /// A checkpoint was written that holds so many trees.
  case kept(trees: Int)
}
