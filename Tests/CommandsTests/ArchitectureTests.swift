import Foundation
import TestSupport
import Testing

/// The invariants by absence of the architecture document, read from the sources.
struct ArchitectureTests {
  /// A folder under Sources and words that no import in it may name.
  static let forbiddenImports: [(folder: String, modules: Set<String>)] = [
    (
      "FeatureTables",
      ["FeatureExtraction", "LinearAlgebra", "Models", "Learning", "Evaluation", "Reports"]
    ),
    ("FeatureExtraction", ["LinearAlgebra", "Models", "Learning", "Evaluation", "Reports"]),
    ("Models", ["FeatureExtraction", "LinearAlgebra", "Learning", "Evaluation", "Reports"]),
    ("Learning", ["FeatureExtraction", "Evaluation", "Reports", "COpenBLAS"]),
    ("Evaluation", ["FeatureExtraction", "LinearAlgebra", "Learning", "Reports", "Drawing"]),
    (
      "Drawing",
      [
        "FeatureTables", "FeatureExtraction", "LinearAlgebra", "Models", "Learning", "Evaluation",
        "Reports",
      ]
    ),
    ("Reports", ["FeatureExtraction", "LinearAlgebra", "Learning", "Commands"]),
  ]

  /// A module and the only folder that may import it.
  static let soleImporters: [(module: String, folder: String)] = [
    ("COpenBLAS", "LinearAlgebra"), ("CZlib", "FeatureTables"), ("CZstd", "FeatureTables"),
    ("ArgumentParser", "Commands"), ("Yams", "FeatureExtraction"),
  ]

  /// A folder under Sources and type names that may not occur in it.
  static let forbiddenNames: [(folder: String, names: [String])] = [
    (
      "FeatureExtraction/Packets",
      ["Feature", "FeatureSchema", "Labels", "ByteSource", "FlowTable"]
    ),
    ("FeatureExtraction/Flows", ["PcapReader", "ByteSource", "FeatureSchema", "LabelRules"]),
  ]

  @Test func foldersImportNothingForbidden() throws {
    for (folder, modules) in ArchitectureTests.forbiddenImports {
      for (file, text) in try sources(under: folder) {
        let broken = imports(of: text).intersection(modules)
        #expect(broken.isEmpty, "\(file) imports \(broken.sorted())")
      }
    }
  }

  @Test func librariesAreImportedInOnePlace() throws {
    for (module, folder) in ArchitectureTests.soleImporters {
      let importers = try sources(under: "").filter { imports(of: $0.text).contains(module) }
      #expect(!importers.isEmpty, "nobody imports \(module)")
      for (file, _) in importers {
        #expect(file.hasPrefix("\(folder)/"), "\(file) imports \(module)")
      }
    }
  }

  @Test func foldersNameNothingForbidden() throws {
    for (folder, names) in ArchitectureTests.forbiddenNames {
      for (file, text) in try sources(under: folder) {
        let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
        let broken = words.intersection(names)
        #expect(broken.isEmpty, "\(file) names \(broken.sorted())")
      }
    }
  }

  /// Every Swift file under a folder of Sources, by its path from there.
  private func sources(under folder: String) throws -> [(file: String, text: String)] {
    let root = repository.appending(path: "Sources")
    let start = folder.isEmpty ? root : root.appending(path: folder)
    let files = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    let found = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    try #require(!found.isEmpty, "no sources under \(folder)")
    return try found.map {
      (String($0.path.dropFirst(root.path.count + 1)), try String(contentsOf: $0, encoding: .utf8))
    }
  }

  private func imports(of text: String) -> Set<String> {
    var modules: Set<String> = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let position = words.firstIndex(of: "import"), words.count > position + 1 else {
        continue
      }
      modules.insert(words[words.count - 1].split(separator: ".").first.map(String.init) ?? "")
    }
    return modules
  }
}
