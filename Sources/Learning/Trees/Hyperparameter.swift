/// One hyperparameter of a learner: its name on the command line, what it may be, and how it is
/// read from and written as text. The list of a learner is its one table of bounds.
public struct Hyperparameter<Owner>: Sendable {
  /// In snake_case, as in `--set name=value`.
  public let name: String
  /// What it may be, for people.
  public let allowed: String
  /// The value as text, in the form that `parse` reads.
  public let text: @Sendable (Owner) -> String
  let isAllowed: @Sendable (Owner) -> Bool
  /// False where the text is no value of this kind.
  let parse: @Sendable (inout Owner, String) -> Bool

  /// - Throws: `FitError.hyperparameter` unless the value lies within its bounds.
  func check(_ owner: Owner) throws(FitError) {
    guard isAllowed(owner) else { throw refusal(of: text(owner)) }
  }

  /// - Throws: `FitError.hyperparameter` unless `value` can be read and lies within the bounds.
  func set(_ owner: inout Owner, to value: String) throws(FitError) {
    var changed = owner
    guard parse(&changed, value), isAllowed(changed) else { throw refusal(of: value) }
    owner = changed
  }

  private func refusal(of value: String) -> FitError {
    .hyperparameter(name: name, value: value, allowed: allowed)
  }
}

/// A learner whose hyperparameters have names.
public protocol NamedHyperparameters {
  static var hyperparameters: [Hyperparameter<Self>] { get }
}

extension NamedHyperparameters {
  /// Sets the hyperparameter called `name` from text.
  /// - Returns: false if the learner has none of that name.
  /// - Throws: `FitError.hyperparameter` for a value that cannot be read or is out of bounds.
  public mutating func set(_ name: String, to value: String) throws(FitError) -> Bool {
    guard let parameter = Self.hyperparameters.first(where: { $0.name == name }) else {
      return false
    }
    try parameter.set(&self, to: value)
    return true
  }

  /// - Throws: `FitError.hyperparameter` for the first that is out of bounds.
  func checkHyperparameters() throws(FitError) {
    for parameter in Self.hyperparameters { try parameter.check(self) }
  }
}

extension Hyperparameter {
  static func integer(
    _ name: String, _ path: any WritableKeyPath<Owner, Int> & Sendable, _ bounds: ClosedRange<Int>
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, allowed: "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
      text: { String($0[keyPath: path]) },
      isAllowed: { bounds.contains($0[keyPath: path]) },
      parse: { owner, text in
        guard let value = Int(text) else { return false }
        owner[keyPath: path] = value
        return true
      })
  }

  /// A whole number, or nil, which is written as `none`.
  static func optionalInteger(
    _ name: String, none: String, _ path: any WritableKeyPath<Owner, Int?> & Sendable,
    _ bounds: ClosedRange<Int>
  ) -> Hyperparameter {
    Hyperparameter(
      name: name,
      allowed: "\(none), or a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
      text: { $0[keyPath: path].map { String($0) } ?? none },
      isAllowed: { owner in owner[keyPath: path].map { bounds.contains($0) } ?? true },
      parse: { owner, text in
        if text == none {
          owner[keyPath: path] = nil
          return true
        }
        guard let value = Int(text) else { return false }
        owner[keyPath: path] = value
        return true
      })
  }

  /// A finite number that `isWithin` its bounds.
  static func number(
    _ name: String, _ path: any WritableKeyPath<Owner, Double> & Sendable, allowed: String,
    isWithin: @escaping @Sendable (Double) -> Bool
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, allowed: allowed, text: { "\($0[keyPath: path])" },
      isAllowed: { $0[keyPath: path].isFinite && isWithin($0[keyPath: path]) },
      parse: { owner, text in
        guard let value = Double(text) else { return false }
        owner[keyPath: path] = value
        return true
      })
  }

  static func flag(
    _ name: String, _ path: any WritableKeyPath<Owner, Bool> & Sendable
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, allowed: "true or false", text: { "\($0[keyPath: path])" },
      isAllowed: { _ in true },
      parse: { owner, text in
        guard let value = Bool(text) else { return false }
        owner[keyPath: path] = value
        return true
      })
  }

  static func classWeight(
    _ path: any WritableKeyPath<Owner, ClassWeight> & Sendable
  ) -> Hyperparameter {
    Hyperparameter(
      name: "class_weight", allowed: "none, balanced, or NAME:W,... with finite weights from 0",
      text: { $0[keyPath: path].text },
      isAllowed: { $0[keyPath: path].isValid },
      parse: { owner, text in
        guard let value = ClassWeight(text: text) else { return false }
        owner[keyPath: path] = value
        return true
      })
  }
}
