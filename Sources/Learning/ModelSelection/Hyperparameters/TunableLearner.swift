import FeatureTables

/// A learner whose hyperparameters have names: it can be made from settings, and its values are
/// checked against the one table of bounds before it fits.
package protocol TunableLearner: Learner {
  static var hyperparameterTable: HyperparameterTable { get }
  /// The value of every hyperparameter of the table, by name.
  var hyperparameters: [String: HyperparameterValue] { get }
}

extension TunableLearner {
  /// - Throws: `FitError.hyperparameter` for the first value that is out of bounds.
  func checkHyperparameters() throws(FitError) {
    let values = hyperparameters
    for entry in Self.hyperparameterTable.hyperparameters {
      guard let value = values[entry.name] else {
        preconditionFailure("\(Self.self) does not tell its \(entry.name)")
      }
      guard entry.domain.contains(value) else {
        throw FitError.hyperparameter(
          name: entry.name, value: "\(value)", allowed: "\(entry.domain)")
      }
    }
  }
}
