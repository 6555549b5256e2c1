import Evaluation
import FeatureTables
import Foundation
import Models
import Reports

extension EvaluationReport {
  /// Features whose histograms are drawn.
  private static let profiledFeatures = 12
  /// Rows that importance is measured on where nobody asks for more.
  private static let importanceRows = 2_000

  /// Some rows of a table at random, in their order.
  static func sample(of table: LabeledTable, seed: UInt64) -> LabeledTable {
    guard table.rowCount > importanceRows else { return table }
    var order = Array(0..<table.rowCount)
    var random = RandomGenerator(seed: seed)
    random.shuffle(&order)
    return table.rows(order.prefix(importanceRows).sorted())
  }

  /// Everything that there is to draw of a model's word on some rows.
  /// - Parameters:
  ///   - file: the model's.
  ///   - result: with findings, and with importances for the choice of what is drawn.
  ///   - others: evaluations on other data, to stand beside.
  init(
    of model: Model, file: String, rows: ModelEvaluation, result: EvaluationResult,
    others: [OtherEvaluation] = [], parallel: Parallel
  ) {
    let table = rows.table
    let chosen = result.importances?.ranked.prefix(EvaluationReport.profiledFeatures).compactMap {
      table.matrix.schema.index(of: $0.feature)
    }
    self.init(
      subject: Subject(of: model, file: file, table: table), result: result,
      curves: EvaluationCurves(
        rows.predictions, volumes: rows.volumes, threshold: model.threshold.value,
        parallel: parallel),
      profiles: chosen.map {
        FeatureHistograms(of: table, columns: $0, rankedBy: nil, parallel: parallel)
      }, others: others)
  }
}

extension EvaluationReport.Subject {
  fileprivate init(of model: Model, file: String, table: LabeledTable) {
    let facts = model.training
    self.init(
      model: (file as NSString).lastPathComponent, learner: facts.learner,
      features: model.inputSchema.features.count, trainingRows: facts.rows,
      trainingClasses: Dictionary(
        zip(model.classes, facts.classCounts), uniquingKeysWith: { first, _ in first }),
      threshold: model.threshold.value,
      thresholdOrigin: model.threshold.chosenOn.isEmpty
        ? "" : "chosen on \(model.threshold.chosenOn)",
      data: table.identity.sources.map { ($0 as NSString).lastPathComponent })
  }
}
