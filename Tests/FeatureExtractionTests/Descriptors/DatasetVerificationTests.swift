import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// A descriptor of a small set, in the form of the files.
private func smallSet(_ files: String) throws -> DatasetDescriptor {
  let json = """
    {"name": "small", "title": "Small", "summary": "", "owner": "", "citations": [], "terms": "",
     "obtain": "", "forms": ["form"], "classes": [], "labeling": "", "nonfinite": "", "leaks": [],
     "faults": [], "split": {"group_by": "", "recommended": "", "avoid": ""}, "files": [\(files)]}
    """
  return try JSONDecoder().decode(DatasetDescriptor.self, from: Data(json.utf8))
}

private func check(_ files: String, _ contents: [String: String]) throws -> DatasetVerification {
  let folder = try TemporaryFolder()
  for (name, text) in contents { try folder.file(name, text) }
  return try smallSet(files).verify(folder.url.path)
}

private let twoFiles = """
  {"pattern": "train*.csv", "form": "form", "rows": 3, "evidence": "counted"},
  {"pattern": "test.csv", "form": "form", "rows": 2, "evidence": "counted"}
  """

@Test(arguments: [
  ("a,b\n1,2\n3,4\n5,6\n", 3), ("a,b\r\n1,2\r\n3,4\r\n5,6", 3),
  ("a,b\n1,2\n,,,\n\n3,4\na,b\n5,6\n , ;\n", 3), ("#c\na,b\n1,2\n#c\n3,4\n5,6\n", 3),
  ("\n\na,b\n1,2\n", 1), ("a,b\na,\n a,b\na,bc\n", 3), ("a,b", 0), ("", 0),
]) func rowsAreLinesThatHoldData(text: String, rows: Int) throws {
  let result = try check(twoFiles, ["x/train-1.csv": text])
  #expect(result.files[0].rows == rows)
  #expect((result.firstDifference == nil) == (rows == 3))
  #expect(result.missing == ["test.csv"])
}

@Test func aHeadlessFileBeginsWithData() throws {
  let entry = #"{"pattern": "a.txt", "headless": true, "rows": 2, "evidence": "counted"}"#
  #expect(try check(entry, ["a.txt": "1,2\n1,2\n"]).firstDifference == nil)
}

@Test func theFirstDifferenceIsNamedWithBothNumbers() throws {
  let result = try check(twoFiles, ["train.csv": "a\n1\n", "TEST.csv": "a\n1\n2\n3\n4\n"])
  #expect(result.firstDifference == "train.csv: has 1 rows, 3 expected")
  #expect(result.files.map(\.file) == ["train.csv", "TEST.csv"])
  #expect(result.text.contains("differs  train.csv  1 rows"))
}

@Test func swappedNamesAreCalledSwapped() throws {
  let result = try check(twoFiles, ["train.csv": "a\n1\n2\n", "test.csv": "a\n1\n2\n3\n"])
  #expect(result.firstDifference?.contains("train.csv: has the 2 rows of test.csv") == true)
  #expect(result.firstDifference?.contains("names are swapped") == true)
}

@Test func digestsAreComparedWholeOrByTheirFirstDigits() throws {
  // printf 'abc' | sha256sum
  let whole = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  for (digest, agrees) in [(whole, true), ("ba7816bf8f01cfea", true), ("ba7816bf8f01cfeb", false)] {
    let entry = #"{"pattern": "a.zip", "sha256": "\#(digest)", "evidence": "reported"}"#
    let result = try check(entry, ["a.zip": "abc"])
    #expect((result.firstDifference == nil) == agrees)
    #expect(result.files[0].sha256 == whole && result.files[0].rows == nil)
  }
  let entry = #"{"pattern": "a.zip", "bytes": 4, "evidence": "reported"}"#
  #expect(try check(entry, ["a.zip": "abc"]).firstDifference == "a.zip: has 3 bytes, 4 expected")
}

/// Rows of a compressed file count; its size and digest are those of the compression.
@Test(arguments: ["a.csv", "a.csv.gz", "A.csv.zst"])
func compressionIsToldByContent(name: String) throws {
  let text = Array("a\n1\n2\n".utf8)
  // printf 'a\n1\n2\n' | sha256sum
  let digest = "d4fa155a0784a2543c083ff5c36ec7a7d4810f08946220e5acf4c1f11006216e"
  let entry = { (rows: Int) in
    #"{"pattern": "*.csv", "rows": \#(rows), "bytes": 6, "sha256": "\#(digest)", "#
      + #""evidence": "counted"}"#
  }
  for bytes in [Compressed.gzip(text), Compressed.zstd(text)] {
    let folder = try TemporaryFolder()
    try folder.file(name, bytes)
    let result = try smallSet(entry(2)).verify(folder.url.path)
    #expect(result.firstDifference == nil && result.files.map(\.rows) == [2])
    let other = try smallSet(entry(3)).verify(folder.url.path).firstDifference
    #expect(other == "\(name): has 2 rows, 3 expected")
  }
}

/// Of what is published compressed, the compressed bytes are known.
@Test(arguments: ["gz", "zst"]) func publishedCompressionIsCompared(suffix: String) throws {
  let bytes = suffix == "gz" ? Compressed.gzip([65]) : Compressed.zstd([65])
  let folder = try TemporaryFolder()
  try folder.file("a.\(suffix)", bytes)
  for (size, agrees) in [(bytes.count, true), (bytes.count + 1, false)] {
    let entry = #"{"pattern": "a.\#(suffix)", "bytes": \#(size), "evidence": "reported"}"#
    #expect((try smallSet(entry).verify(folder.url.path).firstDifference == nil) == agrees)
  }
}

@Test func severalFilesAreComparedBySum() throws {
  let entry = #"{"pattern": "*.csv", "count": 2, "rows": 3, "evidence": "reported"}"#
  #expect(try check(entry, ["a.csv": "a\n1\n", "b.csv": "a\n1\n2\n"]).firstDifference == nil)
  let result = try check(entry, ["a.csv": "a\n1\n", "b.csv": "a\n1\n"])
  #expect(result.firstDifference == "*.csv: 2 files have 2 rows together, 3 expected")
  // With one of two files there is nothing to compare.
  let half = try check(entry, ["a.csv": "a\n1\n"])
  #expect(half.firstDifference == nil && half.missing == ["*.csv"])
}

@Test func aFolderWithNothingOfTheSetIsNoInput() throws {
  for contents in [[:], ["other.csv": "a\n"]] {
    #expect { try check(twoFiles, contents) } throws: { error in
      (error as? DataError)?.exitCode == 66 && "\(error)".contains("train*.csv")
    }
  }
  #expect { try smallSet(twoFiles).verify("/nowhere/at/all") } throws: {
    ($0 as? DataError)?.exitCode == 66
  }
}

@Test(.enabled(if: sharedDataIsExpected)) func realFilesAgreeAndASwapIsSeen() throws {
  let folder = sharedData.appending(path: "csv/nsl-kdd").path
  let result = try DatasetCatalog.named("nsl-kdd").verify(folder)
  #expect(result.firstDifference == nil)
  #expect(result.files.map(\.rows) == [25_192])
  // This copy is named training set and holds the testing set.
  let swapped = try DatasetCatalog.named("unsw-nb15").verify(
    sharedData.appending(path: "csv/unsw-nb15").path)
  #expect(swapped.files.map(\.rows) == [82_332])
  #expect(swapped.firstDifference?.contains("UNSW_NB15_testing-set.csv") == true)
}
