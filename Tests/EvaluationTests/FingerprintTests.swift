import FeatureTables
import Testing

@Suite struct FingerprintTests {
  /// Values from Tests/References/row_fingerprint.py.
  @Test func valuesAreThoseOfTheDefinition() {
    #expect(RowFingerprint().value == 0x6a09_e667_f3bc_c908)
    #expect(RowFingerprint.hash([0]) == 0x1ac0_46dd_a8e8_6e2a)
    #expect(RowFingerprint.hash([1.5, -2.25, .nan]) == 0x25f1_7699_727c_7b50)
    #expect(RowFingerprint.hash([.infinity, 1e-300]) == 0x669d_0590_5948_ccb8)
    var named = RowFingerprint()
    named.append(3)
    named.append("Web Attack – XSS")
    #expect(named.value == 0x0dd2_a283_3d49_7a19)
  }

  @Test func equalValuesAreEqualHoweverTheyAreWritten() {
    let signaling = Double(nan: 7, signaling: true)
    #expect(RowFingerprint.hash([.nan, 0]) == RowFingerprint.hash([-signaling, -0.0]))
    #expect(RowFingerprint.hash([1, 2]) != RowFingerprint.hash([2, 1]))
    #expect(RowFingerprint.hash([0]) != RowFingerprint.hash([0, 0]))
  }

  @Test func categoriesAreComparedByName() {
    func matrix(_ names: [String], _ codes: [Double]) -> FeatureMatrix {
      let features = [
        Feature("size", in: .bytes), Feature("protocol", in: .none, kind: .categorical),
      ]
      return FeatureMatrix(
        schema: FeatureSchema(identifier: "test", version: 1, features: features), rowCount: 3,
        values: [3, 3, 3] + codes, categories: [[], names])
    }
    let one = RowFingerprint.hashes(of: matrix(["tcp", "udp"], [0, 1, .nan]))
    let other = RowFingerprint.hashes(of: matrix(["icmp", "udp", "tcp"], [2, 1, .nan]))
    #expect(one == other)
    #expect(one[0] == 0x84d3_c9d9_e46b_7f96)
    #expect(Set(one).count == 3)
  }

  @Test func aSampleKeepsTheSmallest() {
    let all: [UInt64] = [9, 3, 7, 3, 1]
    let sample = FingerprintSample(all, capacity: 3)
    #expect(sample.hashes == [1, 3, 7] && !sample.isComplete && sample.limit == 7)
    let complete = FingerprintSample(all, capacity: 4)
    #expect(complete.hashes == [1, 3, 7, 9] && complete.isComplete && complete.limit == .max)
    #expect(FingerprintSample(stored: [7, 1, 3], total: 4) == sample)
  }
}

@Test func countsExactlyBelowTheLimit() {
  let sample = FingerprintSample([5, 3, 3, 9])
  #expect(sample.overlap(with: [3, 3, 4, .max]) == (checked: 4, found: 2))
}

@Test func estimatesASharedPartFromASample() {
  var random = RandomGenerator(seed: 11)
  let training = (0..<40_000).map { _ in random.next() }
  let sample = FingerprintSample(training, capacity: 4_000)
  // A quarter of what is evaluated was trained on.
  let evaluated = Array(training[..<10_000]) + (0..<30_000).map { _ in random.next() }
  let (checked, found) = sample.overlap(with: evaluated)
  #expect(3_500...4_500 ~= checked)
  #expect(abs(Double(found) / Double(checked) - 0.25) < 0.03)
}
