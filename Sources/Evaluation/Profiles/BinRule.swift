import Foundation

/// How wide the bins of a histogram should be, from the values alone.
package enum BinRule {
  /// 2 IQR / n^(1/3) (Freedman and Diaconis 1981), as numpy's `fd`; 0 where half of the values are
  /// equal.
  /// - Parameter values: ascending, at least one.
  package static func freedmanDiaconis(_ values: [Double]) -> Double {
    let range = quantile(values, 0.75) - quantile(values, 0.25)
    return 2 * range / cbrt(Double(values.count))
  }

  /// The range over 1 + log2 n + log2(1 + |skewness| / its standard error) (Doane 1976), as numpy's
  /// `doane`; 0 for fewer than three values and for equal ones.
  /// - Parameter values: ascending, at least one.
  package static func doane(_ values: [Double]) -> Double {
    let count = Double(values.count)
    guard values.count > 2, let first = values.first, let last = values.last, first < last
    else { return 0 }
    let error = (6 * (count - 2) / ((count + 1) * (count + 3))).squareRoot()
    return (last - first) / (1 + log2(count) + log2(1 + abs(skewness(values)) / error))
  }

  /// The third moment over the cube of the deviation, both of the population; 0 for equal values.
  package static func skewness(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    guard variance > 0 else { return 0 }
    let deviation = variance.squareRoot()
    return values.reduce(0) { $0 + pow(($1 - mean) / deviation, 3) } / count
  }

  /// Between order statistics, linearly, as numpy's default.
  /// - Parameter values: ascending, at least one.
  package static func quantile(_ values: [Double], _ share: Double) -> Double {
    let place = share * Double(values.count - 1)
    let below = Int(place)
    guard below + 1 < values.count else { return values[values.count - 1] }
    return values[below] + (values[below + 1] - values[below]) * (place - Double(below))
  }
}
