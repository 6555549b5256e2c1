import FeatureTables

/// Checked values for the hyperparameters of one learner; what is not set has its default.
public struct HyperparameterSettings: Sendable, Equatable {
  /// Whose hyperparameters they are.
  public let learner: LearnerName
  /// What was set, by name.
  public private(set) var assigned: [String: HyperparameterValue] = [:]

  /// All hyperparameters of the learner, with bounds and defaults.
  public var table: HyperparameterTable { .of(learner) }

  /// All defaults.
  public init(_ learner: LearnerName) { self.learner = learner }

  /// From the arguments of `--set`; a later one replaces an earlier one of the same name.
  /// - Parameter assignments: each `name=value`.
  /// - Throws: `DataError` of kind `usage` that names what is wrong and lists what there is.
  public init(_ learner: LearnerName, parsing assignments: [String]) throws(DataError) {
    self.init(learner)
    for assignment in assignments { try assign(assignment) }
    try requireConsistency()
  }

  /// These settings, with those of `trial` in their place.
  /// - Throws: `DataError` of kind `usage` for an unknown name or a value out of bounds.
  public func replacing(
    _ trial: [String: HyperparameterValue]
  ) throws(DataError) -> HyperparameterSettings {
    var settings = self
    for (name, value) in trial.sorted(by: { $0.key < $1.key }) {
      let entry = try hyperparameter(name, argument: "\(name)=\(value)")
      guard entry.domain.contains(value) else { throw badValue("\(value)", for: entry) }
      settings.assigned[name] = value
    }
    try settings.requireConsistency()
    return settings
  }

  /// The value of every hyperparameter, defaults included, as text by name.
  public var printed: [String: String] {
    Dictionary(
      uniqueKeysWithValues: table.hyperparameters.map { ($0.name, value($0.name).description) })
  }

  // MARK: - Values by type

  /// The value set, or the default. `name` is one of the table's.
  public func value(_ name: String) -> HyperparameterValue {
    guard let entry = table[name] else {
      preconditionFailure("\(learner.rawValue) has no hyperparameter \(name)")
    }
    if let value = assigned[name] { return value }
    guard let flag = entry.reversingFlag, self.flag(flag) else { return entry.standard }
    return .flag(entry.standard != .flag(true))
  }

  /// A whole number; nil where the value is a word, as in `depth=none`.
  public func integer(_ name: String) -> Int? {
    if case .integer(let number) = value(name) { number } else { nil }
  }

  /// A number; nil where the value is a word, as in `features_per_split=sqrt`.
  public func real(_ name: String) -> Double? {
    if case .real(let number) = value(name) { number } else { nil }
  }

  /// A word; nil where the value is a number.
  public func word(_ name: String) -> String? {
    if case .word(let word) = value(name) { word } else { nil }
  }

  /// Whether a flag is set.
  public func flag(_ name: String) -> Bool { value(name) == .flag(true) }

  /// How much a row of each class counts; `none` where it is not set.
  public var classWeight: ClassWeight {
    if case .classWeight(let weight) = value("class_weight") { weight } else { .none }
  }

  /// The directions of columns; `none` where they are not set.
  public var monotoneConstraints: MonotoneConstraints {
    if case .monotone(let constraints)? = assigned["monotone_constraints"] {
      constraints
    } else {
      MonotoneConstraints()
    }
  }

  // MARK: - Checks

  private mutating func assign(_ assignment: String) throws(DataError) {
    guard let sign = assignment.firstIndex(of: "="), sign > assignment.startIndex else {
      throw DataError(
        .usage, file: "--set \(assignment)", problem: "is not of the form name=value",
        remedy: "for instance --set \(table.hyperparameters[0].name)="
          + "\(table.hyperparameters[0].standard)")
    }
    let (name, text) = (
      String(assignment[..<sign]), String(assignment[assignment.index(after: sign)...])
    )
    let entry = try hyperparameter(name, argument: assignment)
    guard let value = entry.domain.parse(text) else { throw badValue(text, for: entry) }
    assigned[name] = value
  }

  private func hyperparameter(
    _ name: String, argument: String
  ) throws(DataError) -> Hyperparameter {
    if let entry = table[name] { return entry }
    throw DataError(
      .usage, file: "--set \(argument)",
      problem: "\(learner.rawValue) has no hyperparameter '\(name)'",
      remedy: "it has these:\n\(table.helpText)")
  }

  private func badValue(_ text: String, for entry: Hyperparameter) -> DataError {
    DataError(
      .usage, file: "--set \(entry.name)=\(text)", problem: "'\(text)' is out of bounds",
      remedy: "\(entry.name) takes \(entry.domain)")
  }

  private func requireConsistency() throws(DataError) {
    if assigned["l1_ratio"] != nil, word("penalty") != "elastic-net" {
      throw DataError(
        .usage, file: "--set l1_ratio", problem: "means nothing without an elastic-net penalty",
        remedy: "add --set penalty=elastic-net, or leave l1_ratio out")
    }
    for name in ["top_rate", "other_rate"]
    where assigned[name] != nil && word("sampling") != "goss" {
      throw DataError(
        .usage, file: "--set \(name)", problem: "means nothing without sampling by gradients",
        remedy: "add --set sampling=goss, or leave \(name) out")
    }
  }
}
