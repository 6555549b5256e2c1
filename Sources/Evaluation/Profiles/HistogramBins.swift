import Foundation

/// Into what the values of a feature are divided; the same for all classes.
public enum HistogramBins: Sendable, Equatable {
  /// Bins of equal width from edge to edge; each holds its lower edge, the last its upper one too.
  case linear([Double])
  /// Bins of equal width in the logarithm; all edges are above 0.
  case logarithmic([Double])
  /// One bin a name; the last may stand for all that are left.
  case categories([String])

  /// How many bins there are.
  public var count: Int {
    switch self {
    case .linear(let edges), .logarithmic(let edges): max(edges.count - 1, 0)
    case .categories(let names): names.count
    }
  }

  /// The edges between numbers; empty for names.
  public var edges: [Double] {
    switch self {
    case .linear(let edges), .logarithmic(let edges): edges
    case .categories: []
    }
  }
}

extension HistogramBins {
  private static let fewest = 8
  private static let most = 48
  /// Values beyond this share of a class may lie in the end bins.
  private static let tail = 0.01
  /// A range is stretched by so much at an end to hold every value.
  private static let stretch = 0.1
  /// Values that span less than this factor need no logarithm.
  private static let leastFactor = 50.0
  /// What each class puts into the sample that the rules look at, so that all count alike.
  private static let sampleOfClass = 201

  /// Bins for values other than 0. The axis is logarithmic where all values are positive, spread
  /// over a factor of 50 and less skewed in the logarithm; the width is that of Freedman and
  /// Diaconis, or Doane's where half of the values are equal, within 8 to 48 bins. The range leaves
  /// out at most one hundredth of each class at either end. Whole numbers on a linear axis have
  /// edges halfway between them.
  /// - Parameter classes: the values of each class but zeros, ascending and finite.
  init(numbersOf classes: [[Double]]) {
    let classes = classes.filter { !$0.isEmpty }
    guard !classes.isEmpty else {
      self = .linear([])
      return
    }
    let sample = classes.flatMap { values in
      let count = min(values.count, HistogramBins.sampleOfClass)
      return (0..<count).map { values[$0 * (values.count - 1) / max(count - 1, 1)] }
    }.sorted()
    if HistogramBins.isLogarithmic(sample) {
      let logarithms = classes.map { values in values.map { log10($0) } }
      let edges = HistogramBins.edges(logarithms, sample: sample.map { log10($0) }, areWhole: false)
      self = .logarithmic(HistogramBins.powers(edges, of: classes))
    } else {
      let areWhole = classes.allSatisfy { $0.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 } }
      self = .linear(HistogramBins.edges(classes, sample: sample, areWhole: areWhole))
    }
  }

  private static func isLogarithmic(_ sample: [Double]) -> Bool {
    guard let least = sample.first, let greatest = sample.last, least > 0,
      greatest / least >= leastFactor
    else { return false }
    return abs(BinRule.skewness(sample.map { log10($0) })) < abs(BinRule.skewness(sample))
  }

  private static func edges(
    _ classes: [[Double]], sample: [Double], areWhole: Bool
  ) -> [Double] {
    let (low, high) = range(of: classes)
    guard low < high else {
      let half = areWhole ? 0.5 : max(abs(low) * 0.05, Double.leastNormalMagnitude)
      return [low - half, low + half]
    }
    let width = high - low
    let count = Double(classes.reduce(0) { $0 + $1.count })
    // The sample stands for all rows: the more there are, the finer the bins may be.
    let ruled =
      BinRule.freedmanDiaconis(sample) * cbrt(Double(sample.count)) / cbrt(count)
    let step = ruled > 0 ? ruled : BinRule.doane(sample)
    let bounded = min(max(step, width / Double(most)), width / Double(fewest))
    if areWhole {
      let whole = max(1, width < Double(most) ? 1 : bounded.rounded(.up))
      let bins = Int(((width + 1) / whole).rounded(.up))
      return (0...bins).map { low - 0.5 + Double($0) * whole }
    }
    let bins = Int((width / bounded - 1e-9).rounded(.up))
    return (0..<bins).map { low + width * Double($0) / Double(bins) } + [high]
  }

  /// From where to where bins go.
  private static func range(of classes: [[Double]]) -> (low: Double, high: Double) {
    var (low, high) = (Double.infinity, -Double.infinity)
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for values in classes {
      let beyond = Int(tail * Double(values.count))
      low = min(low, values[beyond])
      high = max(high, values[values.count - 1 - beyond])
      least = min(least, values[0])
      greatest = max(greatest, values[values.count - 1])
    }
    let width = high - low
    return (
      least >= low - stretch * width ? least : low,
      greatest <= high + stretch * width ? greatest : high
    )
  }

  /// Back from logarithms. An end that is a value of a class becomes that value again, or rounding
  /// could leave it outside.
  private static func powers(_ edges: [Double], of classes: [[Double]]) -> [Double] {
    var powers = edges.map { pow(10, $0) }
    for index in [0, powers.count - 1] {
      let near = classes.flatMap { values in
        let place = values.countBelow(powers[index])
        return [place - 1, place, place + 1].filter(values.indices.contains).map { values[$0] }
      }
      if let value = near.first(where: { abs($0 - powers[index]) <= 1e-12 * powers[index] }) {
        powers[index] = value
      }
    }
    return powers
  }
}

extension [Double] {
  /// How many elements of this ascending array are less than `value`.
  func countBelow(_ value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many elements of this ascending array are at most `value`.
  func countThrough(_ value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension HistogramBins: Codable {
  private enum CodingKeys: String, CodingKey {
    case axis, edges, categories
  }

  private enum Axis: String, Codable {
    case linear, logarithmic, categories
  }

  /// Writes `axis` with `edges` or `categories`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .linear(let edges):
      try container.encode(Axis.linear, forKey: .axis)
      try container.encode(edges, forKey: .edges)
    case .logarithmic(let edges):
      try container.encode(Axis.logarithmic, forKey: .axis)
      try container.encode(edges, forKey: .edges)
    case .categories(let names):
      try container.encode(Axis.categories, forKey: .axis)
      try container.encode(names, forKey: .categories)
    }
  }

  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Axis.self, forKey: .axis) {
    case .linear: self = .linear(try container.decode([Double].self, forKey: .edges))
    case .logarithmic: self = .logarithmic(try container.decode([Double].self, forKey: .edges))
    case .categories:
      self = .categories(try container.decode([String].self, forKey: .categories))
    }
  }
}
