import FeatureExtraction
import FeatureTables
import Testing

/// Several files in one table.
struct JoinTests {
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  private func read(
    _ texts: [String], _ change: (inout TableReadingOptions) -> Void = { _ in }
  ) throws -> LabeledTable {
    var options = TableReadingOptions()
    change(&options)
    var paths: [String] = []
    for (index, text) in texts.enumerated() {
      paths.append(try bytes.folder.file("part\(index).csv", text))
    }
    return try FlowTables.read(paths, options: options)
  }

  @Test func rowsCategoriesAndClassesAreMerged() throws {
    let table = try read([
      "x,kind,label\n1,b,benign\n,,\n2,b,scan\n3,c,scan\n4,c,scan\n",
      "kind,x,label\na,5,flood\na,9,benign\nb,7,flood\nb,8,flood\n",
    ])
    #expect(table.column("x") == [1, 2, 3, 4, 5, 9, 7, 8])
    #expect(table.names("kind") == ["b", "b", "c", "c", "a", "a", "b", "b"])
    #expect(table.labels.classes == ["benign", "flood", "scan"])
    #expect(table.rowNumbers == [0, 2, 3, 4, 5, 6, 7, 8])
    #expect(table.identity.sourceIndices == [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(table.identity.sources.map { $0.hasSuffix("0.csv") } == [true, false])
    #expect(table.account.read == 9 && table.account.used == 8)
    #expect(table.inputDigests.count == 2)
  }

  @Test func otherColumnsAreRefusedByName() {
    #expect {
      try read(["x,y,label\n1,2,benign\n", "x,z,label\n1,2,scan\n"])
    } throws: { error in
      guard let error = error as? DataError else { return false }
      return error.file.hasSuffix("part1.csv") && error.problem.contains("part0.csv")
        && error.problem.contains("only here z") && error.problem.contains("only there y")
    }
  }

  /// 79 and 85 columns of CIC-IDS2017 have the same features under the same definitions.
  @Test func formsWithTheSameDefinitionsJoin() throws {
    func file(_ form: String, _ labels: [String]) -> String {
      AliasRow.file(form, rows: 2) { AliasRow.plain($0, $1, labels: labels) }
    }
    let table = try read([
      file("cic2017-79", ["BENIGN", "PortScan"]), file("cic2017-85", ["BENIGN", "DDoS"]),
    ])
    #expect(table.labels.classes == ["BENIGN", "DDoS", "PortScan"])
    #expect(table.identity.connections.isEmpty, "one of the files has no addresses")
  }

  @Test func differentDefinitionsMustBeAskedFor() throws {
    func file(_ form: String) -> String {
      AliasRow.file(form, rows: 2) { AliasRow.plain($0, $1, labels: ["Benign", "Bot"]) }
    }
    let texts = [file("cicflowmeter-v4-84"), file("cicflowmeter-202002-84")]
    #expect {
      try read(texts)
    } throws: { error in
      (error as? DataError)?.remedy.contains("--allow-different-definitions") == true
    }
    #expect(try read(texts) { $0.allowsDifferentDefinitions = true }.rowCount == 4)
  }
}
