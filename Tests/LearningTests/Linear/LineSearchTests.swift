import Foundation
import Learning
import Testing

@Suite struct LineSearchTests {
  /// (t - a)^2 has its minimum at a, or at the end of the interval.
  @Test(arguments: [1e-7, 0.003, 0.4, 0.9, 1, 5])
  func parabola(minimum: Double) throws {
    let found = try #require(
      LineSearch.minimum(value: minimum * minimum, slope: -2 * minimum) { length in
        LineSearch.Sample(
          length: length, value: (length - minimum) * (length - minimum),
          slope: 2 * (length - minimum))
      })
    #expect(abs(found.length - min(1, minimum)) < 0.3 * minimum)
  }

  /// A kink, where the derivative is never small.
  @Test(arguments: [0.002, 0.5, 0.97])
  func kink(position: Double) throws {
    let found = try #require(
      LineSearch.minimum(value: 3 * position, slope: -3) { length in
        let isBefore = length < position
        return LineSearch.Sample(
          length: length, value: abs(length - position) * (isBefore ? 3 : 1_000),
          slope: isBefore ? -3 : 1_000)
      })
    #expect(abs(found.length - position) < 0.02 * position)
  }

  @Test func nothingToGainIsNil() {
    #expect(
      LineSearch.minimum(value: 0, slope: 0) {
        LineSearch.Sample(length: $0, value: $0, slope: 1)
      } == nil)
    // A slope that promises what the function does not hold.
    #expect(
      LineSearch.minimum(value: 0, slope: -1) {
        LineSearch.Sample(length: $0, value: $0, slope: 1)
      } == nil)
    #expect(
      LineSearch.minimum(value: 0, slope: -1) {
        LineSearch.Sample(length: $0, value: .nan, slope: .nan)
      } == nil)
  }
}
