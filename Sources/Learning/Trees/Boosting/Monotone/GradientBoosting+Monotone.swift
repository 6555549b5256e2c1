import FeatureTables

extension GradientBoosting {
  /// For each column of the binned matrix the direction that its splits have to keep; empty where
  /// no column has one.
  /// - Throws: `FitError.hyperparameter` for a column that is not there, or more than two classes,
  ///   whose probabilities no order of margins could order.
  func directions(
    of table: BinnedMatrix<UInt8>, schema: FeatureSchema, classCount: Int
  ) throws(FitError) -> [MonotoneConstraints.Direction?] {
    let wanted = monotoneConstraints.directions
    guard !wanted.isEmpty else { return [] }
    func refusal(_ allowed: String) -> FitError {
      .hyperparameter(
        name: "monotone_constraints", value: "\(monotoneConstraints)", allowed: allowed)
    }
    guard classCount == 2 else { throw refusal("none where there are more than two classes") }
    let names = schema.features.map(\.name)
    if let unknown = wanted.keys.sorted().first(where: { !names.contains($0) }) {
      throw refusal("there is no column '\(unknown)' among \(names.joined(separator: ", "))")
    }
    return table.columns.map { wanted[names[$0.source]] }
  }
}
