import FeatureTables
import TestSupport
import Testing

struct JSONLinesTests {
  @Test func nestedMembersEscapesAndAbsentOnes() {
    var flattener = JSONFlattener(paths: ["a", "b.c", "b.d", "list", "gone", "flag"])
    func cells(_ line: String) -> [String]? {
      let bytes = Array(line.utf8)
      guard flattener.flatten(bytes.span, 0..<bytes.count) else { return nil }
      return zip(flattener.starts, flattener.ends).map {
        String(decoding: flattener.text[$0..<$1], as: UTF8.self)
      }
    }
    #expect(
      cells(#"{"a":1.5,"b":{"c":"x","d":null,"e":{}},"list":["]",{"a":2}],"flag":true}"#)
        == ["1.5", "x", "", #"["]",{"a":2}]"#, "", "true"])
    #expect(cells(#" { "a" : "q\"\\\/\n\u00e9\ud83d\ude00" , "z" : [] } "#)?[0] == "q\"\\/\né😀")
    #expect(cells("{}") == ["", "", "", "", "", ""])
    for broken in ["", "[1]", "{", #"{"a"}"#, #"{"a":1"#, #"{"a":1}x"#, #"{"a":"x}"#, "7"] {
      #expect(cells(broken) == nil, "\(broken)")
    }
    #expect(cells(String(repeating: #"{"a":"#, count: 100_000)) == nil, "depth has a limit")
  }

  @Test func rowsThatDoNotFitAreCounted() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "e.json",
      """
      {"kind":"flow","n":1}
      {"kind":"alert","n":2}
      nonsense
      {"n":4,"kind":"flow"}
      """)
    var plan = ScanPlan(columns: [ColumnPlan("n", .number)])
    plan.badRows = .skip
    let table = try JSONLines.scan(
      try TextInput(path: path), paths: ["n"], filter: ("kind", "flow", "other_rows"), plan: plan)
    guard case .numbers(let values) = table.columns[0] else { return }
    #expect(values.contiguous() == [1, 4])
    #expect(table.account.read == 4)
    #expect(table.account.dropped == ["other_rows": 1, "unreadable_rows": 1])
    plan.badRows = .error
    #expect {
      _ = try JSONLines.scan(
        try TextInput(path: path), paths: ["n"], filter: ("kind", "flow", "other_rows"),
        plan: plan)
    } throws: { error in
      (error as? DataError)?.place == .line(3)
    }
  }
}
