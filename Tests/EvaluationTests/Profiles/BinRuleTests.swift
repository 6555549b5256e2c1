import Evaluation
import Testing

/// What Tests/References/profile_references.py says, with numpy and scipy.
private struct References: Decodable {
  struct Sample: Decodable {
    let values: [Double]
    let freedmanDiaconis: Double
    let doane: Double
    let skewness: Double
    let quantiles: [[Double]]
  }

  struct Pair: Decodable {
    let first: [Double]
    let second: [Double]
    let statistic: Double
  }

  struct Histograms: Decodable {
    let first: [Double]
    let second: [Double]
    let divergence: Double
    let overlap: Double
  }

  let samples: [Sample]
  let pairs: [Pair]
  let histograms: [Histograms]
}

@Suite struct BinRuleTests {
  private let references: References

  init() throws { references = try Fixtures.read(References.self, "profiles") }

  @Test func widthsAreThoseOfNumpy() {
    #expect(references.samples.count == 7)
    for sample in references.samples {
      #expect(agree(BinRule.freedmanDiaconis(sample.values), sample.freedmanDiaconis))
      #expect(agree(BinRule.doane(sample.values), sample.doane))
      #expect(agree(BinRule.skewness(sample.values), sample.skewness))
      for pair in sample.quantiles {
        #expect(agree(BinRule.quantile(sample.values, pair[0]), pair[1]))
      }
    }
  }

  @Test func theStatisticIsThatOfScipy() {
    #expect(references.pairs.count == 5)
    for pair in references.pairs {
      #expect(agree(Separation.kolmogorovSmirnov(pair.first, pair.second), pair.statistic))
      #expect(agree(Separation.kolmogorovSmirnov(pair.second, pair.first), pair.statistic))
    }
    #expect(Separation.kolmogorovSmirnov([], [1]) == nil)
  }

  @Test func divergenceAndOverlapAreThoseOfScipy() {
    #expect(references.histograms.count == 8)
    for pair in references.histograms {
      let separation = Separation(kolmogorovSmirnov: nil, pair.first, pair.second)
      #expect(agree(separation.jensenShannon, pair.divergence))
      #expect(agree(separation.overlap, pair.overlap))
    }
  }
}
