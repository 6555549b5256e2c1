/// A condition on one feature of a flow.
public struct FeatureCondition: Sendable, Equatable {
  /// What is asked of the value. A value that is missing (NaN) passes none.
  public enum Test: Sendable, Equatable {
    /// The value is one of these.
    case equals([Double])
    case atLeast(Double)
    case atMost(Double)
    case moreThan(Double)
    case lessThan(Double)

    fileprivate func holds(_ value: Double) -> Bool {
      switch self {
      case .equals(let wanted): wanted.contains(value)
      case .atLeast(let bound): value >= bound
      case .atMost(let bound): value <= bound
      case .moreThan(let bound): value > bound
      case .lessThan(let bound): value < bound
      }
    }
  }

  /// The name of the feature, as it stands in files. `forward` in it means the direction of the
  /// rule: from the rule's source to its destination.
  public let feature: String
  /// All of them must hold. Numbers are in the unit of the feature.
  public let tests: [Test]

  /// A condition that holds if all tests do.
  public init(_ feature: String, _ tests: [Test]) {
    (self.feature, self.tests) = (feature, tests)
  }

  func holds(_ value: Double) -> Bool { tests.allSatisfy { $0.holds(value) } }

  /// The feature of a flow that runs against the rule: `forward` and `backward` change places.
  var reversedFeature: String {
    feature.split(separator: "_", omittingEmptySubsequences: false).map { word in
      switch word {
      case "forward": "backward"
      case "backward": "forward"
      default: String(word)
      }
    }.joined(separator: "_")
  }
}
