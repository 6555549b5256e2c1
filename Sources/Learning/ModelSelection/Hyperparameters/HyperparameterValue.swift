import FeatureTables

/// The value of one hyperparameter.
public enum HyperparameterValue: Sendable, Equatable {
  /// A whole number.
  case integer(Int)
  /// A finite number.
  case real(Double)
  case flag(Bool)
  /// A word from a list: `sqrt`, `elastic-net`, `none`.
  case word(String)
  case classWeight(ClassWeight)
  case monotone(MonotoneConstraints)
}

extension HyperparameterValue: CustomStringConvertible {
  /// As it is written after `--set name=`; parsing it gives the value back, unless a class of a
  /// weight, or a column of a constraint, has a comma in its name.
  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .flag(let value): "\(value)"
    case .word(let value): value
    case .monotone(let constraints): constraints.description
    case .classWeight(.none): "none"
    case .classWeight(.balanced): "balanced"
    case .classWeight(.named(let weights)):
      weights.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
    }
  }
}

extension ClassWeight {
  /// Reads `none`, `balanced` or `NAME:WEIGHT,...`; nil for anything else. A name may hold a
  /// colon, but no comma.
  public init?(parsing text: String) {
    switch text {
    case "none": self = .none
    case "balanced": self = .balanced
    default:
      var weights: [String: Double] = [:]
      for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let colon = entry.lastIndex(of: ":"), colon > entry.startIndex,
          let weight = Double(entry[entry.index(after: colon)...]), weight.isFinite, weight >= 0,
          weights.updateValue(weight, forKey: String(entry[..<colon])) == nil
        else { return nil }
      }
      guard !weights.isEmpty else { return nil }
      self = .named(weights)
    }
  }
}
