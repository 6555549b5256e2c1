/// What to do with a value that is not a finite number. Declared once, kept in the model, and
/// applied the same way at prediction.
public enum NonfinitePolicy: String, Sendable, Codable, CaseIterable {
  /// Becomes a missing value (NaN), which every learner can handle. The default.
  case missing
  /// Becomes 0.
  case zero
  /// The row is left out and counted; at prediction its verdict is `unscored`.
  case drop
  /// The input is refused.
  case error
}
