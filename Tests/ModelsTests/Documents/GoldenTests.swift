import FeatureTables
import Foundation
import Models
import Testing

/// Documents as each version wrote them, kept for ever, and the probabilities that
/// `score.py` beside them computes from the JSON alone.
private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "Golden/ModelDocuments", directoryHint: .isDirectory)

private let names = [
  "1.0-linear", "1.0-linear-three-classes", "1.0-forest", "1.0-boosted",
  "1.0-boosted-three-classes", "1.0-prior", "1.1-calibrated", "1.1-calibrated-three-classes",
  "1.2-linear",
]

@Test(arguments: names.indices)
func documentsOfEveryVersionLoad(index: Int) throws {
  let path = folder.appending(path: "model-\(names[index]).json").path
  let expected = SampleModels.all[index]
  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
    try ModelDocument.write(expected, to: path)
  }
  let document = try ModelDocument(path: path)
  #expect(document.model == expected)
}

/// `probabilities.json` holds the rows, and for each model a probability a row and class.
@Test(arguments: names.indices)
func probabilitiesAreThoseOfAnotherProgram(index: Int) throws {
  let model = try ModelDocument(
    path: folder.appending(path: "model-\(names[index]).json").path
  ).model
  let golden = try JSONDocument(
    Array(Data(contentsOf: folder.appending(path: "probabilities.json"))), file: "golden",
    remedy: "")
  let rows = try golden.root.member("rows").elements()
  let expected = try golden.root.member(names[index]).elements()
  #expect(rows.count == expected.count)
  for (row, probabilities) in zip(rows, expected) {
    let scores = try model.score(table(of: row))
    for (ours, theirs) in zip(scores.probabilities, try probabilities.doubles()) {
      #expect(abs(ours - theirs) <= 1e-15)
    }
  }
}

/// A table of one row: duration, proto, bytes per second, null for a missing value.
private func table(of row: JSONElement) throws -> LabeledTable {
  let cells = try row.value().array ?? []
  let category = cells[1].string
  let matrix = FeatureMatrix(
    schema: SampleModels.schema, rowCount: 1,
    values: [cells[0].number ?? .nan, category == nil ? .nan : 0, cells[2].number ?? .nan],
    categories: [[], category.map { [$0] } ?? [], []])
  return LabeledTable(matrix: matrix, labels: Labels(names: [nil]))
}
