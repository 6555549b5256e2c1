import Foundation

/// A mark on an axis with its label.
public struct Tick: Sendable, Equatable {
  /// In values of the axis.
  public let value: Double
  /// As it stands beside the axis.
  public let label: String

  /// - Parameter value: in values of the axis.
  public init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// Where ticks stand: at numbers that a person would choose.
enum Ticks {
  /// The least of 1, 2, 2.5 and 5 times a power of ten that gives at most `count` steps.
  static func step(over width: Double, atMost count: Int) -> Double {
    let raw = width / Double(max(count, 1))
    let power = pow(10, log10(raw).rounded(.down))
    // A hair of tolerance: 0.1 + 0.2 is not more than 0.3.
    return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= raw * (1 - 1e-9) } ?? 10 * power
  }

  /// At most about `count` ticks of a scale; for a band one a name, whatever the count.
  static func ticks(of scale: Scale, atMost count: Int, as number: AxisNumber) -> [Tick] {
    switch scale {
    case .linear(let range):
      linear(range, atMost: count).map { Tick($0, number.text($0)) }
    case .logarithmic(let range):
      logarithmic(range, atMost: count).map { Tick($0, number.text($0)) }
    case .band(let names):
      names.enumerated().map { Tick(Double($0.offset) + 0.5, $0.element) }
    }
  }

  private static func linear(_ range: ClosedRange<Double>, atMost count: Int) -> [Double] {
    let width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite else { return [range.lowerBound] }
    let step = step(over: width, atMost: max(count - 1, 1))
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard first <= last, last - first < 1_000 else { return [range.lowerBound] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// Powers of ten, every so many where there are too many, and 2 and 5 times them where there
  /// are too few.
  private static func logarithmic(_ range: ClosedRange<Double>, atMost count: Int) -> [Double] {
    let low = Int((log10(range.lowerBound) - 1e-9).rounded(.up))
    let high = Int((log10(range.upperBound) + 1e-9).rounded(.down))
    let decades = high - low + 1
    if decades > 2 {
      let every = (decades + count - 1) / max(count, 1)
      return stride(from: low, through: high, by: max(every, 1)).map { pow(10, Double($0)) }
    }
    let (least, greatest) = (range.lowerBound * (1 - 1e-9), range.upperBound * (1 + 1e-9))
    var finer: [Double] = []
    for power in low - 1...max(high, low - 1) {
      for factor in [1.0, 2, 5] {
        let value = factor * pow(10, Double(power))
        if value >= least, value <= greatest { finer.append(value) }
      }
    }
    return finer.count >= 2 ? finer : linear(range, atMost: count)
  }
}
