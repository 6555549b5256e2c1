import FeatureTables
import Models
import Testing

/// Loads, or says why not; what loads must score a table, whatever it says.
private func exercise(_ bytes: [UInt8], _ table: LabeledTable) -> Bool {
  do {
    let model = try ModelDocument(bytes, file: "model.json").model
    let features = model.inputSchema.features
    let fits = Set(features).isSuperset(of: table.matrix.schema.features)
    do {
      let scores = try model.score(table, allowingDifferentDefinitions: true)
      #expect(model.decide(scores).alarms.count == scores.scoredRows.count)
    } catch {
      // A renamed feature does not fit the table any more.
      #expect(!fits || model.nonfinite == .error)
    }
    return true
  } catch {
    #expect(!error.problem.isEmpty)
    return false
  }
}

/// The documents that are damaged, each at every third place, so that the tests stay short.
private let models = [0, 2, 4, 7]

private func places(_ bytes: [UInt8], of index: Int) -> StrideTo<Int> {
  stride(from: index / 2, to: bytes.count - 1, by: 3)
}

@Test(arguments: models)
func noBeginningOfADocumentLoads(index: Int) throws {
  let bytes = Array(try SampleDocuments.undigested(SampleModels.all[index]).utf8)
  let table = SampleModels.table()
  for count in places(bytes, of: index) { #expect(!exercise(Array(bytes[..<count]), table)) }
  // Without the final newline the document is still whole.
  #expect(exercise(Array(bytes.dropLast()), table))
  #expect(!exercise(Array(bytes.dropLast(2)), table))
}

/// Bytes are replaced by those that mean something in JSON, or have one bit turned.
@Test(arguments: models)
func noDamagedByteTraps(index: Int) throws {
  let bytes = Array(try SampleDocuments.undigested(SampleModels.all[index]).utf8)
  let table = SampleModels.table()
  let replacements = Array("0-9e.,[]{}\"\\ntu:".utf8) + [0, 0xC3, 0xFF]
  var random = RandomGenerator(seed: UInt64(index))
  for position in places(bytes, of: index) {
    var damaged = bytes
    damaged[position] =
      random.below(2) == 0
      ? replacements[random.below(replacements.count)]
      : bytes[position] ^ UInt8(1 << random.below(8))
    _ = exercise(damaged, table)
  }
}

/// Pieces are cut out, repeated and moved, as by a bad merge.
@Test(arguments: [1, 3, 5])
func noMovedPieceTraps(index: Int) throws {
  let bytes = Array(try SampleDocuments.undigested(SampleModels.all[index]).utf8)
  let table = SampleModels.table()
  var random = RandomGenerator(seed: UInt64(index))
  for _ in 0..<200 {
    let start = random.below(bytes.count)
    let length = random.below(min(40, bytes.count - start))
    let target = random.below(bytes.count)
    let piece = bytes[start..<start + length]
    _ = exercise(Array(bytes[..<start] + bytes[(start + length)...]), table)
    _ = exercise(Array(bytes[..<target] + piece + bytes[target...]), table)
  }
}
