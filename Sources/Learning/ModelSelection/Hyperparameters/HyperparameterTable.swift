import FeatureTables

/// The learners by the names that the command line and the model files use.
public enum LearnerName: String, Sendable, Codable, CaseIterable {
  case logisticRegression = "logistic-regression"
  case randomForest = "random-forest"
  case gradientBoosting = "gradient-boosting"
}

/// One hyperparameter: name, bounds, default and a sentence of help.
public struct Hyperparameter: Sendable, Equatable {
  /// In snake_case, as after `--set`.
  public let name: String
  /// What it may be.
  public let domain: HyperparameterDomain
  /// The default, which is within `domain`.
  public let standard: HyperparameterValue
  /// A flag that turns the default of this one, a flag as well, around.
  public let reversingFlag: String?
  /// One sentence without a full stop: what it is, with its unit.
  public let help: String

  /// - Precondition: the default is within the domain.
  public init(
    _ name: String, _ domain: HyperparameterDomain, standard: HyperparameterValue,
    reversedBy flag: String? = nil, help: String
  ) {
    precondition(domain.contains(standard), "the default of \(name) is out of its bounds")
    self.name = name
    self.domain = domain
    self.standard = standard
    reversingFlag = flag
    self.help = help
  }
}

/// All that can be set about a learner: the one place where names, bounds and defaults stand.
public struct HyperparameterTable: Sendable, Equatable {
  /// The learner that the hyperparameters are of.
  public let learner: LearnerName
  /// In the order of help.
  public let hyperparameters: [Hyperparameter]

  /// The hyperparameter of that name; nil where the learner has none.
  public subscript(name: String) -> Hyperparameter? { hyperparameters.first { $0.name == name } }

  /// As after `--set`, in the order of help.
  public var names: [String] { hyperparameters.map(\.name) }

  /// The table of a learner.
  public static func of(_ learner: LearnerName) -> HyperparameterTable {
    switch learner {
    case .logisticRegression: logisticRegression
    case .randomForest: randomForest
    case .gradientBoosting: gradientBoosting
    }
  }

  /// One line each: name, default, bounds, help.
  public var helpText: String {
    let width = names.map(\.count).max() ?? 0
    return hyperparameters.map { entry in
      let padding = String(repeating: " ", count: width - entry.name.count)
      let exception = entry.reversingFlag.map { ", but not with \($0)" } ?? ""
      return "  \(entry.name)\(padding)  \(entry.help): \(entry.domain); "
        + "default \(entry.standard)\(exception)"
    }.joined(separator: "\n")
  }

  static let classWeight = Hyperparameter(
    "class_weight", .classWeight, standard: .classWeight(.none),
    help: "how much a row of each class counts")
}
