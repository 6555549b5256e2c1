import Foundation

/// How values become places along an axis.
public enum Scale: Sendable, Equatable {
  /// Equal steps are equally long.
  case linear(ClosedRange<Double>)
  /// Equal factors are equally long; the bounds are above 0.
  case logarithmic(ClosedRange<Double>)
  /// Names side by side: the name at index i takes the values from i to i + 1.
  case band([String])

  /// The place of a value: 0 at the start of the axis, 1 at its end, beyond where the value is.
  public func position(of value: Double) -> Double {
    switch self {
    case .linear(let range): Scale.share(of: value, in: range)
    case .logarithmic(let range):
      Scale.share(of: log10(value), in: log10(range.lowerBound)...log10(range.upperBound))
    case .band(let names): value / Double(max(names.count, 1))
    }
  }

  private static func share(of value: Double, in range: ClosedRange<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    return width > 0 ? (value - range.lowerBound) / width : 0.5
  }

  /// At most about `count` ticks at numbers that a person would choose; one a name on a band.
  public func ticks(atMost count: Int, as number: AxisNumber = .plain) -> [Tick] {
    Ticks.ticks(of: self, atMost: count, as: number)
  }

  /// The values at both ends.
  public var domain: ClosedRange<Double> {
    switch self {
    case .linear(let range), .logarithmic(let range): range
    case .band(let names): 0...Double(max(names.count, 1))
    }
  }

  /// A linear scale that holds both values and ends at ticks.
  public static func rounded(_ low: Double, _ high: Double, ticks: Int = 5) -> Scale {
    guard low.isFinite, high.isFinite, low < high else {
      let middle = low.isFinite ? low : 0
      return .linear(middle...(middle + 1))
    }
    let step = Ticks.step(over: high - low, atMost: max(ticks, 2))
    return .linear((low / step).rounded(.down) * step...(high / step).rounded(.up) * step)
  }
}
