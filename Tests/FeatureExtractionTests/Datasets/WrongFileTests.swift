import FeatureExtraction
import FeatureTables
import Testing

/// Wrong files give one error that names the file and what to do.
struct WrongFileTests {
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  /// The error of reading and checking for training, or nil.
  private func trouble(_ path: String) -> DataError? {
    do throws(DataError) {
      try FlowTables.requireTrainable(try FlowTables.read([path]))
      return nil
    } catch {
      return error
    }
  }

  private func expect(_ path: String, exitCode: Int32, _ words: String) {
    let error = trouble(path)
    #expect(error?.exitCode == exitCode, "\(words): \(String(describing: error))")
    #expect(error?.file.hasSuffix(path) == true)
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    #expect(error?.remedy.isEmpty == false)
  }

  @Test func filesThatAreNoTables() throws {
    expect(bytes.folder.path("missing.csv"), exitCode: 66, "cannot be opened")
    expect(bytes.folder.url.path, exitCode: 66, "is a folder")
    expect(try bytes.folder.file("empty.csv", ""), exitCode: 65, "is empty")
    expect(try bytes.folder.file("blank.csv", "\n \n"), exitCode: 65, "blanks")
    expect(
      try bytes.folder.file("binary.csv", [0x7F, 0x45, 0x4C, 0x46, 0, 1]), exitCode: 65, "zero byte"
    )
    expect(try bytes.folder.file("prose.txt", "Dear all,\nno.\n"), exitCode: 65, "no column")
    expect(try bytes.folder.file("one.txt", "word\nword\n"), exitCode: 65, "one cell")
    expect(try bytes.folder.file("numbers.csv", "1,2\n3,4\n"), exitCode: 65, "no header")
    expect(
      try bytes.folder.file("model.json", "{\n\"a\": 1\n}\n"), exitCode: 65, "one object a line")
    expect(try bytes.folder.file("other.json", "{\"a\": 1}\n"), exitCode: 65, "neither Suricata")
  }

  @Test func tablesThatCannotBeLearned() throws {
    expect(
      try bytes.folder.file("a.csv", "x,y,label\n1,2,benign\n3,4,benign\n"), exitCode: 65,
      "one class only, 'benign'")
    expect(try bytes.folder.file("b.csv", "x,y,label\n1,2,benign\n"), exitCode: 65, "1 labeled row")
    expect(try bytes.folder.file("c.csv", "x,y,label\n"), exitCode: 65, "no rows")
    expect(
      try bytes.folder.file("d.csv", "x,y,label\n1,NaN,benign\n3,,scan\n"), exitCode: 65,
      "'y': has no finite value")
    expect(
      try bytes.folder.file("e.csv", "x,y,label\n1,2,\n3,4,\n"), exitCode: 65, "unlabeled_rows 2")
    expect(
      try bytes.folder.file("f.csv", "x,y,label\n1,2,benign\n\"3,4,scan\n5,6,scan\n"), exitCode: 65,
      "line 3: a quote is opened")
    expect(
      try bytes.folder.file("g.csv", "\"x,y,label\n1,2,benign\n"), exitCode: 65, "line 1: a quote")
    let flows = AliasRow.columns("flowmeter-39").map(\.header).joined(separator: ",")
    let row = AliasRow.columns("flowmeter-39").map { _ in "1" }.joined(separator: ",")
    expect(
      try bytes.folder.file("h.csv", "\(flows)\n\(row)\n"), exitCode: 65, "no column with labels")
  }

  @Test func nearestFormsAreNamed() throws {
    let header = "Flow ID,Src IP,Src Port,Dst IP,Dst Port,Protocol,Timestamp,Tot Fwd Pkts,verdict"
    let error = trouble(try bytes.folder.file("near.csv", "\(header)\na,b,c,d,e,f,g,h,i\n"))
    #expect(error?.problem.contains("cicflowmeter-v3-84 lacks 'pkt len var'") == true)
  }

  @Test func noPathAtAll() {
    #expect {
      try FlowTables.read([])
    } throws: { error in
      (error as? DataError)?.exitCode == 64
    }
  }
}
