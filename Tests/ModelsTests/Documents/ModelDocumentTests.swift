import FeatureTables
import Foundation
import Models
import Testing

/// A folder of its own that is gone afterwards.
private func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "flowmeter-models-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

@Test(arguments: SampleModels.all.indices)
func aModelSurvivesTheRoundTrip(index: Int) throws {
  let model = SampleModels.all[index]
  let (bytes, digest) = try ModelDocument.bytes(of: model)
  let document = try ModelDocument(bytes, file: "model.json")
  #expect(document.model == model)
  #expect(document.digest == digest)
  let version = index < 6 ? "1.0" : index < 8 ? "1.1" : "1.2"
  #expect(document.version == version, "the first that knows all of it")
  // Equality takes -0 for 0; the same bytes again show that no bit was lost.
  #expect(try ModelDocument.bytes(of: document.model).bytes == bytes)
}

@Test func startsWithItsFormatAndEndsWithItsDigest() throws {
  let text = try SampleDocuments.text(SampleModels.all[0])
  #expect(text.hasPrefix("{\n  \"format\": \"flowmeter-model\",\n  \"format_version\": \"1.0\",\n"))
  let parts = text.components(separatedBy: "\"digest\": ")
  #expect(parts.count == 2)
  #expect(parts[1] == "\"\(Digest.hexadecimal(parts[0].utf8))\"\n}\n")
}

@Test func writesAFileAndReadsItPlainOrCompressed() throws {
  try withFolder { folder in
    let model = SampleModels.all[4]
    let path = "\(folder)/model.json"
    let digest = try ModelDocument.write(model, to: path)
    #expect(try ModelDocument(path: path).digest == digest)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.json"])

    let gzip = Process()
    gzip.executableURL = URL(filePath: "/bin/gzip")
    gzip.arguments = ["--keep", path]
    try gzip.run()
    gzip.waitUntilExit()
    #expect(try ModelDocument(path: path + ".gz").model == model)
  }
}

@Test func leavesNoFileBehindWhereAModelIsNotFinite() throws {
  try withFolder { folder in
    let linear = LinearClassifier(
      means: [0, 0, 0, 0, 0], scales: [1, 1, 1, 1, 1], coefficients: [[0, 0, .nan, 0, 0]],
      intercepts: [0])
    let error = #expect(throws: DataError.self) {
      try ModelDocument.write(
        SampleModels.model(.logisticRegression(linear)), to: "\(folder)/model.json")
    }
    #expect(error?.place == .path("coefficients"))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(left == [])
  }
}

@Test func refusesATreeThatNoReaderWouldTake() throws {
  // A chain: each right child splits again.
  let depth = ModelLimits().treeDepth + 1
  let nodes = 2 * depth + 1
  func perNode<Value>(_ inner: (Int) -> Value, leaf: Value) -> [Value] {
    (0..<nodes).map { $0.isMultiple(of: 2) && $0 < nodes - 1 ? inner($0) : leaf }
  }
  let tree = DecisionTree(
    features: perNode({ _ in 0 }, leaf: -1), thresholds: perNode({ Float($0) }, leaf: 0),
    lefts: perNode({ Int32($0 + 1) }, leaf: 0), rights: perNode({ Int32($0 + 2) }, leaf: 0),
    missingGoesLeft: perNode({ _ in true }, leaf: false), gains: perNode({ _ in 1 }, leaf: 0),
    covers: perNode({ _ in 1 }, leaf: 1), values: perNode({ _ in 0 }, leaf: 1), outputCount: 1)
  let ensemble = TreeEnsemble(
    featureCount: 5, classCount: 2, combination: .sum, baseScores: [0], trees: [tree])
  let error = #expect(throws: DataError.self) {
    try ModelDocument.bytes(of: SampleModels.model(.gradientBoosting(ensemble)))
  }
  #expect(error?.problem.contains("deeper than 4096") == true)
}

@Test func saysWhatIsWrongWithAFileThatIsNoModel() throws {
  for text in ["", "duration,label\n1,benign\n", "[1]", "{}", "{\"format\": \"other\"}"] {
    let error = #expect(throws: DataError.self) { try SampleDocuments.read(text) }
    #expect(error?.problem == "is no model document")
  }
  let missing = #expect(throws: DataError.self) { try ModelDocument(path: "/no/such/model.json") }
  #expect(missing?.kind == .noInput)
}

@Test func stopsReadingWhereAFileIsTooLarge() throws {
  try withFolder { folder in
    let path = "\(folder)/model.json"
    try ModelDocument.write(SampleModels.all[0], to: path)
    var limits = ModelLimits()
    limits.bytes = 100
    #expect(throws: DataError.self) { try ModelDocument(path: path, limits: limits) }
  }
}

// MARK: Versions

@Test func laterMinorVersionsLoadAndWhatTheyAddIsIgnored() throws {
  let model = SampleModels.all[3]
  var text = try SampleDocuments.undigested(model)
  text.replace("\"format_version\": \"1.0\"", with: "\"format_version\": \"1.7\", \"new\": [{}]")
  text.replace("\"learner\":", with: "\"added\": {\"a\": [1, \"b\"]}, \"learner\":")
  text.replace("\"gain\":", with: "\"hessian\": [1], \"gain\":")
  let document = try SampleDocuments.read(text)
  #expect(document.version == "1.7")
  #expect(document.model == model)
  #expect(document.digest == nil)
}

@Test(arguments: [
  ("2.0", "use a newer flowmeter"), ("0.9", "train the model again"), ("1", "damaged"),
  ("1.x", "damaged"), ("1.0.0", "damaged"), ("", "damaged"), ("-1.0", "damaged"),
])
func otherMajorVersionsAreRefused(version: String, advice: String) throws {
  var text = try SampleDocuments.undigested(SampleModels.all[0])
  text.replace("\"format_version\": \"1.0\"", with: "\"format_version\": \"\(version)\"")
  let error = #expect(throws: DataError.self) { try SampleDocuments.read(text) }
  #expect(error?.place == .path("format_version"))
  #expect(error?.remedy.contains(advice) == true)
}

// MARK: Digest

@Test func aDocumentThatWasChangedIsRefused() throws {
  let text = try SampleDocuments.text(SampleModels.all[0])
  let changed = text.replacing("\"seed\": 18446744073709551615", with: "\"seed\": 1")
  let error = #expect(throws: DataError.self) { try SampleDocuments.read(changed) }
  #expect(error?.place == .path("digest"))
  #expect(error?.remedy.contains("remove the member 'digest'") == true)

  let appended = text.replacing("\n}\n", with: ", \"more\": 1}")
  let last = #expect(throws: DataError.self) { try SampleDocuments.read(appended) }
  #expect(last?.problem == "the digest is not the last member")
}
