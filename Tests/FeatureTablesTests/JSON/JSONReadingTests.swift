import FeatureTables
import Testing

private func read(_ text: String) throws(DataError) -> JSONElement {
  try JSONDocument(Array(text.utf8), file: "test.json", remedy: "").root
}

private let sound: [(text: String, value: JSONValue)] = [
  ("null", .null), (" true ", true), ("false", false), ("0", 0), ("-1.5e2", -150),
  ("\"\"", ""), ("[]", []), ("{}", [:]), ("[1,2]", [1, 2]), ("[1,\"a\",[]]", [1, "a", []]),
  ("[[1],[ ]]", [[1], []]), ("{\"a\":{\"b\":[null]}}", ["a": ["b": [.null]]]),
  (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9\uD83D\uDE00""#, "é😀"),
  ("\t[\r\n1 , 2\n]\n", [1, 2]), ("\"é\"", "é"), (#"{"\u0061":1}"#, ["a": 1]),
]

@Test(arguments: sound)
func readsWhatJSONAllows(text: String, value: JSONValue) throws {
  #expect(try read(text).value() == value)
}

@Test(arguments: [
  "", " ", "{", "[", "\"", "nul", "True", "NaN", "Infinity", "-", "+1", "01", ".5", "1.", "1e",
  "1e+", "0x1", "1 2", "[1,]", "[,1]", "[1 2]", "[1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
  "{a:1}", "{\"a\" 1}", "{1:2}", "[1,2", "[1,x]", "'a'", "\"a\u{1}\"", #""\x""#, #""\u12g4""#,
  #""\uD800""#, #""\uD800\u0041""#, #""\uDC00""#, "// a\n1", "\u{FEFF}1", "1,", "]", "[1]]",
  "{\"a\":1,\"a\":2}", #"{"a":1,"\u0061":2}"#,
])
func refusesWhatJSONForbids(text: String) {
  #expect(throws: DataError.self) { try read(text) }
}

@Test func refusesBrokenUTF8() {
  #expect(throws: DataError.self) {
    try JSONDocument([0x22, 0xC3, 0x28, 0x22], file: "test.json", remedy: "")
  }
}

@Test func refusesWhatIsNestedTooDeep() throws {
  func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }
  _ = try read(nested(64))
  #expect(throws: DataError.self) { try read(nested(65)) }
  #expect(throws: DataError.self) { try read(String(repeating: "[", count: 100_000)) }
  #expect(throws: DataError.self) { try read(String(repeating: "{\"a\":", count: 100_000)) }
}

@Test func namesThePlaceOfAnError() throws {
  let root = try read(#"{"a": {"trees": [{"x": 1}, {"left": [1, 2.5]}]}, "list": ["p", 5]}"#)
  let tree = try root.member("a").member("trees").elements()[1]
  func place(_ body: () throws -> Void) -> DataError.Place? {
    do { try body() } catch { return (error as? DataError)?.place }
    return nil
  }
  #expect(place { _ = try tree.member("left").int32s() } == .path("a.trees[1].left[1]"))
  #expect(place { _ = try tree.member("none") } == .path("a.trees[1]"))
  #expect(place { _ = try root.member("list").strings() } == .path("list[1]"))
  #expect(place { _ = try root.string() } == .wholeFile)
  #expect(place { _ = try read(#"{"a": tru}"#) } == .byte(9))
}

@Test func checksTheNumbersOfAnArray() throws {
  #expect(try read("[0, -0, 1e2, 5e-324]").doubles() == [0, -0.0, 100, 0x1p-1074])
  #expect(try read("[-2147483648, 2147483647]").int32s() == [.min, .max])
  #expect(try read("[0,1,1]").flags() == [false, true, true])
  #expect(try read("[]").doubles() == [])
  #expect(try read("[0.5, 0.10000000149011612]").floats() == [0.5, 0.1])
  for text in ["[1e400]", "[\"a\"]", "{}", "[1,null]", "3"] {
    #expect(throws: DataError.self) { try read(text).doubles() }
  }
  for text in ["[2147483648]", "[1.0]", "[1e1]", "[99999999999999999999]"] {
    #expect(throws: DataError.self) { try read(text).int32s() }
  }
  #expect(throws: DataError.self) { try read("[2]").flags() }
  #expect(throws: DataError.self) { try read("[0.1]").floats() }
  #expect(throws: DataError.self) { try read("[1e39]").floats() }
  #expect(throws: DataError.self) { try read("[-1]").counts() }
}

@Test func readsWholeNumbersOf64Bits() throws {
  #expect(try read("18446744073709551615").unsigned() == .max)
  #expect(throws: DataError.self) { try read("18446744073709551616").unsigned() }
  #expect(throws: DataError.self) { try read("-1").unsigned() }
  #expect(try read("7").integer(in: 0...7) == 7)
  #expect(throws: DataError.self) { try read("8").integer(in: 0...7) }
}
