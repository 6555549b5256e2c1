import FeatureTables
import Foundation

/// The values to try for each hyperparameter of a learner.
public struct HyperparameterSpace: Sendable, Equatable {
  /// What one hyperparameter may be tried at.
  public enum Values: Sendable, Equatable {
    /// These values, all of them in a grid; drawn with equal chances at random.
    case list([HyperparameterValue])
    /// Any number within the bounds; not for a grid.
    case real(ClosedRange<Double>, Scale = .linear)
    /// Any whole number within the bounds; not for a grid.
    case integer(ClosedRange<Int>, Scale = .linear)
  }

  /// How numbers are drawn from a range: evenly, or evenly in their logarithm.
  public enum Scale: Sendable, Equatable {
    case linear
    case logarithmic
  }

  /// One hyperparameter and what to try for it.
  public struct Dimension: Sendable, Equatable {
    /// The name of the hyperparameter, as after `--set`.
    public let name: String
    /// What to try.
    public let values: Values

    /// - Parameter name: as after `--set`. That the learner has it is checked by the space.
    public init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }
  }

  /// The learner whose hyperparameters are tried.
  public let learner: LearnerName
  /// In the order of the grid: the last one changes fastest.
  public let dimensions: [Dimension]

  /// - Throws: `DataError` of kind `usage` for a name that the learner does not have, a value out
  ///   of its bounds, an empty list or a range that a logarithm cannot span.
  public init(_ learner: LearnerName, _ dimensions: [Dimension]) throws(DataError) {
    for dimension in dimensions { try dimension.requireFit(to: .of(learner)) }
    self.learner = learner
    self.dimensions = dimensions
  }

  /// Whose dimensions are known to fit.
  init(checked learner: LearnerName, _ dimensions: [Dimension]) {
    self.learner = learner
    self.dimensions = dimensions
  }

  /// Every combination of the lists, the last dimension changing fastest.
  /// - Throws: `DataError` of kind `usage` where a dimension is not a list.
  public func grid() throws(DataError) -> [[String: HyperparameterValue]] {
    var trials: [[String: HyperparameterValue]] = [[:]]
    for dimension in dimensions {
      guard case .list(let values) = dimension.values else {
        throw DataError(
          .usage, file: dimension.name, problem: "is a range, and a grid needs a list of values",
          remedy: "use a random search with --trials N")
      }
      trials = trials.flatMap { trial in
        values.map { value in trial.merging([dimension.name: value]) { $1 } }
      }
    }
    return trials
  }

  /// Up to `count` different combinations drawn at random; fewer where there are fewer to find.
  public func random(_ count: Int, seed: UInt64) -> [[String: HyperparameterValue]] {
    var trials: [[String: HyperparameterValue]] = []
    var seen: Set<[String]> = []
    var (draw, repeats) = (UInt64(0), 0)
    // Many repeats in a row mean that the space is used up.
    while trials.count < count, repeats < 1_000 {
      var generator = RandomGenerator(seed: seed, stream: draw)
      draw += 1
      let values = dimensions.map { $0.values.draw(&generator) }
      guard seen.insert(values.map(\.description)).inserted else {
        repeats += 1
        continue
      }
      repeats = 0
      trials.append(
        Dictionary(zip(dimensions.map(\.name), values), uniquingKeysWith: { $1 }))
    }
    return trials
  }
}

extension HyperparameterSpace.Values {
  func draw(_ generator: inout RandomGenerator) -> HyperparameterValue {
    switch self {
    case .list(let values): return values[generator.below(values.count)]
    case .real(let bounds, let scale):
      let drawn = scale.point(
        from: bounds.lowerBound, to: bounds.upperBound, at: generator.uniform())
      return .real(min(max(drawn, bounds.lowerBound), bounds.upperBound))
    case .integer(let bounds, .linear):
      return .integer(bounds.lowerBound + generator.below(bounds.count))
    case .integer(let bounds, .logarithmic):
      let drawn = HyperparameterSpace.Scale.logarithmic.point(
        from: Double(bounds.lowerBound), to: Double(bounds.upperBound) + 1, at: generator.uniform())
      return .integer(min(max(Int(drawn), bounds.lowerBound), bounds.upperBound))
    }
  }
}

extension HyperparameterSpace.Scale {
  /// The point at `position`, from 0 to 1, between two ends.
  fileprivate func point(from lower: Double, to upper: Double, at position: Double) -> Double {
    switch self {
    case .linear: lower + position * (upper - lower)
    case .logarithmic: exp(log(lower) + position * (log(upper) - log(lower)))
    }
  }
}

extension HyperparameterSpace.Dimension {
  fileprivate func requireFit(to table: HyperparameterTable) throws(DataError) {
    guard let entry = table[name] else {
      throw DataError(
        .usage, file: name, problem: "is no hyperparameter of \(table.learner.rawValue)",
        remedy: "it has: \(table.names.joined(separator: ", "))")
    }
    let ends: [HyperparameterValue]
    var isLogarithmic = false
    switch self.values {
    case .list(let values): ends = values
    case .real(let bounds, let scale):
      ends = [.real(bounds.lowerBound), .real(bounds.upperBound)]
      isLogarithmic = scale == .logarithmic && bounds.lowerBound <= 0
    case .integer(let bounds, let scale):
      ends = [.integer(bounds.lowerBound), .integer(bounds.upperBound)]
      isLogarithmic = scale == .logarithmic && bounds.lowerBound <= 0
    }
    guard !ends.isEmpty, !isLogarithmic, ends.allSatisfy(entry.domain.contains) else {
      throw DataError(
        .usage, file: name, problem: "the values to try are not all within its bounds",
        remedy: "\(name) takes \(entry.domain); a logarithmic range begins above 0")
    }
  }
}
