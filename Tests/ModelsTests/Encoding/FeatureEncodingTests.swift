import FeatureTables
import Models
import Testing

/// One categorical column; nil is a missing value.
private func column(_ values: [String?], names: [String]? = nil) -> FeatureMatrix {
  let names = names ?? Array(Set(values.compactMap { $0 })).sorted().reversed()
  let codes = values.map { value in
    value.flatMap { names.firstIndex(of: $0) }.map(Double.init) ?? .nan
  }
  return FeatureMatrix(
    schema: FeatureSchema(
      identifier: "test", version: 1, features: [Feature("proto", in: .none, kind: .categorical)]),
    rowCount: values.count, values: codes, categories: [names])
}

private func numeric(_ columns: [Double]...) -> FeatureMatrix {
  FeatureMatrix(
    schema: FeatureSchema(
      identifier: "test", version: 1,
      features: columns.indices.map { Feature("x\($0)", in: .bytes) }),
    rowCount: columns[0].count, values: Array(columns.joined()))
}

/// Equal also where both are missing.
private func same(_ left: [Double], _ right: [Double]) -> Bool {
  left.count == right.count
    && zip(left, right).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}

@Test func makesAColumnACategoryByName() throws {
  let training = column(["udp", "tcp", nil, "tcp"])
  let encoding = FeatureEncoding.fit(to: training)
  #expect(encoding.categories == [["tcp", "udp"]])
  #expect(encoding.encodedSchema.features.map(\.name) == ["proto=tcp", "proto=udp"])
  #expect(encoding.encodedSchema.features.allSatisfy { $0.kind == .numeric })
  #expect(encoding.sourceFeatures == [0, 0])

  // Other codes for the same names, an unseen name and a missing value.
  let encoded = try encoding.encode(
    column(["gre", "udp", "tcp", nil], names: ["tcp", "gre", "udp"]))
  #expect(encoded.matrix.values == [0, 0, 1, 0, 0, 1, 0, 0])
  #expect(encoded.account.remarks == ["unseen_categories": 2])
  #expect(encoded.rows == [0, 1, 2, 3])
}

@Test func keepsTheMostFrequentCategories() {
  // 200 names: those that end in 0 occur twice, and of the others the first by name are kept.
  let names = (0..<200).map { "s\($0 + 1000)" }
  let values = names + names.filter { $0.hasSuffix("0") }
  let kept = FeatureEncoding.fit(to: column(values)).categories[0]
  let frequent = names.filter { $0.hasSuffix("0") }
  let rest = names.filter { !$0.hasSuffix("0") }
  let expected = frequent + rest.prefix(FeatureEncoding.categoryLimit - frequent.count)
  #expect(kept == expected.sorted())
  #expect(kept.count == 128)
}

@Test func ignoresCategoriesThatDoNotOccur() {
  let matrix = column(["a", "a"], names: ["z", "a", "q"])
  #expect(FeatureEncoding.fit(to: matrix).categories == [["a"]])
}

@Test func codesBeyondTheListAreMissing() throws {
  let encoding = FeatureEncoding.fit(to: column(["a", "b"]))
  var odd = column(["a", "b", "a"], names: ["a", "b"])
  odd = FeatureMatrix(
    schema: odd.schema, rowCount: 3, values: [0.5, 7, -1], categories: odd.categories)
  let encoded = try encoding.encode(odd)
  #expect(encoded.matrix.values.allSatisfy { $0 == 0 })
  #expect(encoded.account.remarks == ["unseen_categories": 3])
}

@Test func appliesThePolicyToWhatIsNotFinite() throws {
  let matrix = numeric([1, .nan, 3, 4], [5, 6, -.infinity, 8])
  func encoded(_ policy: NonfinitePolicy) throws -> EncodedMatrix {
    try FeatureEncoding.fit(to: matrix, nonfinite: policy).encode(matrix, from: "a.csv")
  }
  let missing = try encoded(.missing)
  #expect(same(missing.matrix.values, [1, .nan, 3, 4, 5, 6, .nan, 8]))
  #expect(try encoded(.zero).matrix.values == [1, 0, 3, 4, 5, 6, 0, 8])
  let dropped = try encoded(.drop)
  #expect(dropped.matrix.values == [1, 4, 5, 8])
  #expect(dropped.rows == [0, 3])
  #expect(dropped.account.read == 4 && dropped.account.used == 2)
  #expect(dropped.account.dropped == ["nonfinite_rows": 2])
  let error = #expect(throws: DataError.self) { try encoded(.error) }
  #expect(error?.place == .column("x0"))
  #expect(error?.file == "a.csv")
  #expect(error?.problem.contains("row 1") == true)
}

@Test func aRowThatIsDroppedDoesNotNameACategory() {
  let schema = FeatureSchema(
    identifier: "test", version: 1,
    features: [Feature("proto", in: .none, kind: .categorical), Feature("x", in: .bytes)])
  let matrix = FeatureMatrix(
    schema: schema, rowCount: 2, values: [0, 1, .infinity, 1], categories: [["a", "b"], []])
  #expect(FeatureEncoding.fit(to: matrix, nonfinite: .drop).categories == [["b"], []])
  #expect(FeatureEncoding.fit(to: matrix, nonfinite: .missing).categories == [["a", "b"], []])
}

@Test func encodesARowAloneAsInABatch() throws {
  let table = SampleModels.table()
  let encoding = FeatureEncoding.fit(to: table.matrix)
  let whole = try encoding.encode(table.matrix).matrix
  for row in 0..<table.rowCount {
    let alone = try encoding.encode(table.matrix.rows([row])).matrix
    #expect(same(alone.row(0), whole.row(row)))
  }
}
