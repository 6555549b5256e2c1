import FeatureTables
import Models
import Testing

@Test func findsTrainingRowsExactlyBelowTheLimit() {
  let fingerprints = Fingerprints([5, 3, 3, 9])
  #expect(fingerprints.hashes == [3, 5, 9])
  #expect(fingerprints.total == 3)
  #expect(!fingerprints.isSample)
  #expect(fingerprints.overlap(with: [3, 3, 4, .max]) == (checked: 4, found: 2))
}

@Test func estimatesTheShareOfTrainingRowsFromASample() {
  var random = RandomGenerator(seed: 11)
  let training = (0..<40_000).map { _ in random.next() }
  let fingerprints = Fingerprints(training, limit: 4_000)
  #expect(fingerprints.isSample)
  #expect(fingerprints.hashes == Array(training.sorted().prefix(4_000)))
  // A quarter of what is evaluated was trained on.
  let evaluated = Array(training[..<10_000]) + (0..<30_000).map { _ in random.next() }
  let (checked, found) = fingerprints.overlap(with: evaluated)
  #expect(3_500...4_500 ~= checked)
  #expect(abs(Double(found) / Double(checked) - 0.25) < 0.03)
  #expect(fingerprints.overlap(with: Array(training[..<10_000])).found > 900)
}

@Test func hashesRowsByTheirValues() {
  let matrix = SampleModels.table().matrix
  let hashes = matrix.rowHashes()
  #expect(Set(hashes).count == 12)
  #expect(matrix.rows([3, 0, 3]).rowHashes() == [hashes[3], hashes[0], hashes[3]])

  // Other codes for the same names.
  let recoded = FeatureMatrix(
    schema: matrix.schema, rowCount: 12,
    values: matrix.values.enumerated().map { index, value in
      12..<24 ~= index ? 3 - value : value
    }, categories: [[], matrix.categories[1].reversed(), []])
  #expect(recoded.rowHashes() == hashes)

  let schema = FeatureSchema(
    identifier: "t", version: 1, features: [Feature("x", in: .none), Feature("y", in: .none)])
  func hash(_ x: Double, _ y: Double) -> UInt64 {
    FeatureMatrix(schema: schema, rowCount: 1, values: [x, y]).rowHashes()[0]
  }
  #expect(hash(0, 1) == hash(-0.0, 1))
  #expect(hash(.nan, 1) == hash(-.nan, 1))
  #expect(hash(1, 0) != hash(0, 1))
}
