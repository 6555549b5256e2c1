import FeatureExtraction
import FeatureTables
import Testing

/// Against the conversion of the standard library, at every length, and where ties are.
@Test func wideNumbersAreRoundedToTheNearest() {
  var random = RandomGenerator(seed: 3)
  for bits in 0..<128 {
    for _ in 0..<200 {
      let wide = UInt128(random.next()) << 64 | UInt128(random.next())
      let value = wide >> UInt128(bits)
      #expect(value.rounded == Double(value))
      // A tie of 53 bits and its neighbours.
      let tie = value | 1 << UInt128(max(0, 127 - bits - 53))
      for neighbour in [tie &- 1, tie, tie &+ 1] {
        #expect(neighbour.rounded == Double(neighbour))
      }
    }
  }
}
