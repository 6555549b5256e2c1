import FeatureTables
import Models
import Testing

private func profiles(_ matrix: FeatureMatrix, _ labels: Labels) -> [FeatureProfile] {
  FeatureProfile.profiles(
    of: matrix, labels: labels, encoding: FeatureEncoding.fit(to: matrix))
}

@Test func countsFewDistinctValuesOneByOne() {
  let matrix = FeatureMatrix(
    schema: FeatureSchema(
      identifier: "t", version: 1,
      features: [Feature("x", in: .none), Feature("p", in: .none, kind: .categorical)]),
    rowCount: 6, values: [1, 1, 2, .nan, 7, .infinity, 0, 1, 1, .nan, 0, 1],
    categories: [[], ["udp", "tcp"]])
  let labels = Labels(classes: ["a", "b"], codes: [0, 1, 0, 0, -1, 1], benign: [])
  let result = profiles(matrix, labels)
  #expect(
    result[0]
      == FeatureProfile(
        feature: "x", bins: .edges([1, 2, 7]), counts: [[0, 1, 1, 0], [0, 1, 0, 0]],
        missing: [1, 1]))
  #expect(
    result[1]
      == FeatureProfile(
        feature: "p", bins: .categories(["tcp", "udp"]), counts: [[1, 1, 0], [2, 0, 0]],
        missing: [1, 0]))
}

@Test func cutsManyValuesAtQuantiles() throws {
  var random = RandomGenerator(seed: 5)
  let values = (0..<10_000).map { _ in random.uniform() }
  let matrix = FeatureMatrix(
    schema: FeatureSchema(identifier: "t", version: 1, features: [Feature("x", in: .none)]),
    rowCount: values.count, values: values)
  let labels = Labels(
    classes: ["a", "b"], codes: values.map { $0 < 0.5 ? 0 : 1 }, benign: [])
  let profile = profiles(matrix, labels)[0]
  guard case .edges(let edges) = profile.bins else {
    Issue.record("numbers have edges")
    return
  }
  #expect(edges.count == 20)
  // A slow count from the definition.
  for bin in 0...edges.count {
    let members = values.filter { value in edges.count { $0 <= value } == bin }
    #expect(profile.counts[0][bin] == members.count { $0 < 0.5 })
    #expect(profile.counts[1][bin] == members.count { $0 >= 0.5 })
    if bin > 0 { #expect(members.count == 500) }
  }
}

@Test func aColumnWithoutValuesHasOneEmptyBin() {
  let matrix = FeatureMatrix(
    schema: FeatureSchema(identifier: "t", version: 1, features: [Feature("x", in: .none)]),
    rowCount: 2, values: [.nan, .nan])
  let labels = Labels(classes: ["a"], codes: [0, 0], benign: [])
  #expect(
    profiles(matrix, labels) == [
      FeatureProfile(feature: "x", bins: .edges([]), counts: [[0]], missing: [2])
    ])
}
