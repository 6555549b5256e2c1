/// How probabilities are put right after training.
public enum CalibrationMethod: String, Sendable, CaseIterable {
  /// They stay as the estimator says them.
  case none
  /// A logistic function of the score, for few rows (Platt 1999).
  case platt
  /// Any ascending function of the score, for many rows (Zadrozny and Elkan 2002).
  case isotonic
}
