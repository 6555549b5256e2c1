extension ClassWeight {
  /// `none`, `balanced` or `NAME:W,...`; a name may hold colons, but no comma. Nil for other text.
  init?(text: String) {
    switch text {
    case "none": self = .none
    case "balanced": self = .balanced
    default:
      var weights: [String: Double] = [:]
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let colon = part.lastIndex(of: ":"),
          let weight = Double(part[part.index(after: colon)...])
        else { return nil }
        weights[String(part[..<colon])] = weight
      }
      self = .named(weights)
    }
  }

  /// The form that `init(text:)` reads, names in order.
  var text: String {
    switch self {
    case .none: "none"
    case .balanced: "balanced"
    case .named(let weights):
      weights.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
    }
  }

  /// Whether every weight is a finite number from 0.
  var isValid: Bool {
    if case .named(let weights) = self {
      return weights.values.allSatisfy { $0.isFinite && $0 >= 0 }
    }
    return true
  }
}
