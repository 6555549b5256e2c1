import Foundation

/// How far the values of a feature tell one group of rows from another.
public struct Separation: Sendable, Equatable, Codable {
  /// The largest distance between the shares of both groups at or below a value
  /// (Kolmogorov 1933, Smirnov 1948), over rows that have one: from 0, alike, to 1, apart. Nil for
  /// categories, and where a group has no value at all.
  public let kolmogorovSmirnov: Double?
  /// The divergence of Lin (1991) between the histograms, missing values and zeros being bins of
  /// their own, in bits: from 0, alike, to 1, apart.
  public let jensenShannon: Double
  /// The area that both histograms share: from 0, apart, to 1, alike.
  public let overlap: Double

  private enum CodingKeys: String, CodingKey {
    case kolmogorovSmirnov = "kolmogorov_smirnov"
    case jensenShannon = "jensen_shannon"
    case overlap
  }

  /// The measure by which features are put in order.
  public enum Measure: String, Sendable, CaseIterable {
    case jensenShannon = "js"
    case kolmogorovSmirnov = "ks"
    case overlap
  }

  /// The value of a measure, turned so that more is further apart.
  func distance(_ measure: Measure) -> Double {
    switch measure {
    case .jensenShannon: jensenShannon
    case .kolmogorovSmirnov: kolmogorovSmirnov ?? -1
    case .overlap: 1 - overlap
    }
  }
}

extension Separation {
  /// - Parameters:
  ///   - first: shares of the rows of one group in each bin, with a sum of 1.
  ///   - second: of the other group in the same bins.
  package init(kolmogorovSmirnov: Double?, _ first: [Double], _ second: [Double]) {
    self.kolmogorovSmirnov = kolmogorovSmirnov
    jensenShannon = Separation.divergence(first, second)
    overlap = zip(first, second).reduce(0) { $0 + min($1.0, $1.1) }
  }

  /// The mean of each measure.
  init?(meanOf separations: [Separation]) {
    guard !separations.isEmpty else { return nil }
    func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(values.count)
    }
    let statistics = separations.compactMap(\.kolmogorovSmirnov)
    kolmogorovSmirnov = statistics.isEmpty ? nil : mean(statistics)
    jensenShannon = mean(separations.map(\.jensenShannon))
    overlap = mean(separations.map(\.overlap))
  }

  private static func divergence(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for (p, q) in zip(first, second) {
      let middle = (p + q) / 2
      if p > 0 { sum += p * log2(p / middle) }
      if q > 0 { sum += q * log2(q / middle) }
    }
    // Rounding may go a hair beyond.
    return min(max(sum / 2, 0), 1)
  }

  /// The two-sample statistic; rows of equal value move together.
  /// - Parameters:
  ///   - first: ascending, without NaN.
  ///   - second: likewise.
  package static func kolmogorovSmirnov(_ first: [Double], _ second: [Double]) -> Double? {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    var (left, right, largest) = (0, 0, 0.0)
    while left < first.count, right < second.count {
      let value = min(first[left], second[right])
      while left < first.count, first[left] == value { left += 1 }
      while right < second.count, second[right] == value { right += 1 }
      let distance =
        Double(left) / Double(first.count) - Double(right) / Double(second.count)
      largest = max(largest, abs(distance))
    }
    return largest
  }
}
