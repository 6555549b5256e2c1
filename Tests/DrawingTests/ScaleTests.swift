import Drawing
import Testing

/// Where values and ticks lie, and how numbers are printed.
@Suite struct ScaleTests {
  @Test func valuesHaveTheirPlace() {
    #expect(Scale.linear(2...4).position(of: 3) == 0.5)
    #expect(Scale.linear(2...4).position(of: 5) == 1.5)
    #expect(abs(Scale.logarithmic(1...1_000).position(of: 10) - 1.0 / 3) < 1e-12)
    #expect(Scale.band(["a", "b", "c", "d"]).position(of: 3) == 0.75)
    #expect(Scale.linear(7...7).position(of: 7) == 0.5, "a range without width has a middle")
  }

  @Test(arguments: [
    (0.0, 1.0, 6, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    (0, 0.3, 5, ["0", "0.1", "0.2", "0.3"]), (-3, 17, 5, ["0", "5", "10", "15"]),
    (0, 1e6, 6, ["0", "200k", "400k", "600k", "800k", "1M"]), (0, 7, 3, ["0", "5"]),
  ])
  func ticksAreNumbersThatAPersonWouldChoose(
    low: Double, high: Double, count: Int, labels: [String]
  ) {
    #expect(Scale.linear(low...high).ticks(atMost: count).map(\.label) == labels)
  }

  @Test(arguments: [
    (1.0, 1e4, 6, ["1", "10", "100", "1000", "10k"]),
    (1, 1e8, 5, ["1", "100", "10k", "1M", "100M"]),
    (3, 60, 6, ["5", "10", "20", "50"]), (1e-6, 1e-3, 6, ["1e-6", "1e-5", "1e-4", "0.001"]),
  ])
  func logarithmicTicksArePowers(low: Double, high: Double, count: Int, labels: [String]) {
    #expect(Scale.logarithmic(low...high).ticks(atMost: count).map(\.label) == labels)
  }

  /// Whatever the range: ticks lie in it, ascend, are no more than asked for, and none is alone.
  @Test(arguments: 1...60)
  func ticksKeepTheirPromise(seed: Int) {
    let width = 1.37e-4 * Double(seed * seed * seed)
    let low = Double(seed % 7 - 3) * width * 0.77
    for count in 2...8 {
      let scale = Scale.linear(low...(low + width))
      let ticks = scale.ticks(atMost: count).map(\.value)
      #expect(ticks.count <= count && !ticks.isEmpty, "\(low) \(width) \(count)")
      #expect(ticks == ticks.sorted() && Set(ticks).count == ticks.count)
      for tick in ticks { #expect((-1e-6...1 + 1e-6).contains(scale.position(of: tick))) }
    }
  }

  @Test func aRoundedScaleHoldsBothEnds() {
    for (low, high) in [(0.0, 0.37), (0, 0.001), (-12, 180), (0.2, 0.21)] {
      let domain = Scale.rounded(low, high).domain
      #expect(domain.lowerBound <= low && domain.upperBound >= high)
      #expect(domain.upperBound - domain.lowerBound <= 3 * (high - low))
    }
    #expect(Scale.rounded(.nan, .nan).domain == 0...1)
  }

  @Test(arguments: [
    (0.0, "0"), (0.5, "0.5"), (1.0 / 3, "0.3333"), (2_772, "2772"), (9_999.4, "9999"),
    (10_000, "10k"), (23_140, "23.14k"), (119_500_000, "119.5M"), (-1_500_000, "-1.5M"),
    (1e-5, "1e-5"), (0.001, "0.001"), (0.1 + 0.2, "0.3"), (1e20, "1e20"), (.infinity, "∞"),
    (.nan, "n/a"), (-0.0, "0"),
  ])
  func numbersAreShort(value: Double, text: String) {
    #expect(AxisNumber.plain.text(value) == text)
  }

  @Test func sharesArePercentages() {
    #expect(AxisNumber.percent.text(0.25) == "25 %")
    #expect(AxisNumber.percent.text(0.000_1) == "0.01 %")
  }
}
