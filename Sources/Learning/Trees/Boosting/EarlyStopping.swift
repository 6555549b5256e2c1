import FeatureTables
import Models

/// Rows that a fit is judged by and not trained on.
public struct ValidationRows: Sendable {
  /// Encoded as the training rows are, with the same columns.
  public let matrix: FeatureMatrix
  /// One code a row, none unlabeled.
  public let labels: Labels
  /// One a row; nil for 1 each.
  public let weights: [Double]?

  /// - Parameters:
  ///   - matrix: the columns of the training rows.
  ///   - labels: one code a row, none unlabeled, with the classes of the training rows.
  ///   - weights: one a row; nil for 1 each.
  public init(matrix: FeatureMatrix, labels: Labels, weights: [Double]? = nil) {
    precondition(labels.count == matrix.rowCount && labels.codes.allSatisfy { $0 >= 0 })
    precondition(weights.map { $0.count == matrix.rowCount } ?? true, "one weight a row")
    self.matrix = matrix
    self.labels = labels
    self.weights = weights
  }
}

/// Follows the log loss of validation rows from round to round.
struct EarlyStopping {
  private let rows: ValidationRows
  private let patience: Int?
  private var margins: TreeMargins
  private(set) var losses: [Double] = []
  private(set) var bestRounds = 0

  init(_ rows: ValidationRows, baseScores: [Double], patience: Int?, parallel: Parallel) {
    self.rows = rows
    self.patience = patience
    margins = TreeMargins(matrix: rows.matrix, baseScores: baseScores, parallel: parallel)
  }

  /// Whether the loss has not come down for as many rounds as patience lasts.
  var hasEnded: Bool { patience.map { losses.count - bestRounds >= $0 } ?? false }

  mutating func add(_ trees: [DecisionTree], parallel: Parallel) {
    margins.add(trees, parallel: parallel)
    let loss = meanLoss()
    // Without patience all rounds are kept, whatever the loss.
    if patience == nil || loss < losses.min() ?? .infinity { bestRounds = losses.count + 1 }
    losses.append(loss)
  }

  /// Mean over the weights of minus the logarithm of the probability of the row's class.
  private func meanLoss() -> Double {
    let probabilities = margins.probabilities()
    let classCount = rows.labels.classes.count
    var (loss, total) = (0.0, 0.0)
    for (row, code) in rows.labels.codes.enumerated() {
      let weight = rows.weights?[row] ?? 1
      let probability = max(1e-15, probabilities[row * classCount + Int(code)])
      loss -= weight * naturalLogarithm(probability)
      total += weight
    }
    return total > 0 ? loss / total : 0
  }
}
