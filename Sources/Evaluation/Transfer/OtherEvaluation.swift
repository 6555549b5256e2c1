/// What a model is worth on rows of another origin than the first: another capture, another day,
/// another data set.
public struct OtherEvaluation: Sendable, Equatable, Codable {
  /// The file, without its folders.
  public let data: String
  /// Columns of the file that the model does not take, and so were passed over.
  public let surplusColumns: [String]
  /// Every score there, with findings of its own.
  public let result: EvaluationResult

  /// - Parameters:
  ///   - data: the file, without its folders.
  ///   - surplusColumns: columns that the model does not take.
  public init(data: String, surplusColumns: [String], result: EvaluationResult) {
    self.data = data
    self.surplusColumns = surplusColumns
    self.result = result
  }

  private enum CodingKeys: String, CodingKey {
    case data
    case surplusColumns = "surplus_columns"
    case result = "evaluation"
  }
}

/// An evaluation with others of the same model beside it.
public struct EvaluationWithOthers: Sendable, Equatable {
  /// The one that was asked for first.
  public let result: EvaluationResult
  /// The others, in the order asked for; may be empty.
  public let others: [OtherEvaluation]

  /// - Parameter others: in the order asked for; may be empty.
  public init(_ result: EvaluationResult, others: [OtherEvaluation]) {
    self.result = result
    self.others = others
  }
}

extension EvaluationWithOthers: Encodable {
  private enum CodingKeys: String, CodingKey { case on }

  /// Writes the keys of the first evaluation, with `on` beside them where there are others.
  public func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    guard !others.isEmpty else { return }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(others, forKey: .on)
  }
}
