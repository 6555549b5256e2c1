import FeatureTables

/// What a hyperparameter may be.
public enum HyperparameterDomain: Sendable, Equatable {
  /// A whole number within bounds, or one of `words`.
  case integer(ClosedRange<Int>, words: [String] = [])
  /// A number within bounds, or one of `words`.
  case real(RealBounds, words: [String] = [])
  /// `true` or `false`.
  case flag
  /// One of the words.
  case word([String])
  /// `none`, `balanced`, or a weight of at least 0 for each class named.
  case classWeight
  /// `none`, or a direction, +1 or -1, for each column named.
  case monotone

  /// The bounds of a real number; infinite ones are open.
  public struct RealBounds: Sendable, Equatable {
    /// The lower end; finite.
    public let lower: Double
    /// Whether `lower` itself is allowed.
    public let includesLower: Bool
    /// The upper end, which is allowed itself; infinity for no bound.
    public let upper: Double

    /// Finite numbers above 0, at most `upper`.
    public static func positive(upTo upper: Double = .infinity) -> RealBounds {
      RealBounds(lower: 0, includesLower: false, upper: upper)
    }

    /// Finite numbers from 0, at most `upper`.
    public static func nonnegative(upTo upper: Double = .infinity) -> RealBounds {
      RealBounds(lower: 0, includesLower: true, upper: upper)
    }

    /// Whether `value` is finite and within the bounds.
    public func contains(_ value: Double) -> Bool {
      value.isFinite && (includesLower ? value >= lower : value > lower) && value <= upper
    }
  }

  /// The value that `text` means, or nil where it is none of this domain.
  public func parse(_ text: String) -> HyperparameterValue? {
    let value: HyperparameterValue? =
      switch self {
      case .integer(_, let words):
        words.contains(text) ? .word(text) : Int(text).map { .integer($0) }
      case .real(_, let words):
        words.contains(text) ? .word(text) : Double(text).map { .real($0) }
      case .flag: Bool(text).map { .flag($0) }
      case .word: .word(text)
      case .classWeight: ClassWeight(parsing: text).map { .classWeight($0) }
      case .monotone: MonotoneConstraints(parsing: text).map { .monotone($0) }
      }
    return value.flatMap { contains($0) ? $0 : nil }
  }

  /// Whether `value` is of the domain's type and within its bounds.
  public func contains(_ value: HyperparameterValue) -> Bool {
    switch (self, value) {
    case (.integer(let bounds, _), .integer(let number)): bounds.contains(number)
    case (.real(let bounds, _), .real(let number)): bounds.contains(number)
    case (.integer(_, let words), .word(let word)), (.real(_, let words), .word(let word)),
      (.word(let words), .word(let word)):
      words.contains(word)
    case (.flag, .flag), (.classWeight, .classWeight(.none)),
      (.classWeight, .classWeight(.balanced)), (.monotone, .monotone):
      true
    case (.classWeight, .classWeight(.named(let weights))):
      !weights.isEmpty && weights.values.allSatisfy { $0.isFinite && $0 >= 0 }
    default: false
    }
  }
}

extension HyperparameterDomain: CustomStringConvertible {
  /// For help and errors: `a whole number of at least 1, or none`.
  public var description: String {
    switch self {
    case .integer(let bounds, let words):
      let number =
        bounds.upperBound == Int.max
        ? "a whole number of at least \(bounds.lowerBound)"
        : "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
      return ([number] + words).joined(separator: ", or ")
    case .real(let bounds, let words):
      return ([bounds.description] + words).joined(separator: ", or ")
    case .flag: return "true or false"
    case .word(let words): return words.joined(separator: ", or ")
    case .monotone: return "none, or NAME:+1,NAME:-1,..."
    case .classWeight: return "none, or balanced, or NAME:WEIGHT,... with weights of at least 0"
    }
  }
}

extension HyperparameterDomain.RealBounds: CustomStringConvertible {
  /// For help and errors: `a number above 0 and at most 1`.
  public var description: String {
    let low = includesLower ? "of at least \(short(lower))" : "above \(short(lower))"
    return "a number \(low)" + (upper.isFinite ? " and at most \(short(upper))" : "")
  }

  private func short(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}
