import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

@Test(arguments: FeatureSets.names)
func everyFeatureIsDescribed(set: String) throws {
  func check<FeatureSet: FlowFeatureSet>(_ set: FeatureSet.Type) {
    #expect(set.summary.hasSuffix("."))
    for definition in set.definitions {
      let name = definition.feature.name
      #expect(!definition.publishedName.isEmpty, "\(name)")
      #expect(definition.meaning.hasSuffix("."), "\(name)")
      #expect(!definition.formula.isEmpty, "\(name)")
      #expect(definition.defect.isEmpty || definition.defect.hasSuffix("."), "\(name)")
      #expect(
        definition.defect.isEmpty || definition.defect.contains("Kept: ")
          || definition.defect.contains("Mended: "), "\(name)")
    }
    #expect(Set(set.definitions.map(\.feature.name)).count == set.definitions.count)
    #expect(Set(set.definitions.map(\.publishedName)).count == set.definitions.count)
  }
  check(try FeatureSets.named(set))
}

/// `make docs` writes the page.
@Test func committedPageIsThatOfTheDefinitions() throws {
  let page = repository.appending(path: "Notebooks-free-docs/feature-sets.md")
  #expect(try String(contentsOf: page, encoding: .utf8) == FeatureReference.markdown())
}

@Test func referenceListsEveryFeatureOnce() throws {
  let page = FeatureReference.markdown()
  var features = 0
  for set in FeatureSets.names {
    let count = try FeatureSets.schema(named: set).features.count
    #expect(page.contains("## `\(set)`, version 1: \(count) features"))
    features += count
  }
  let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
  #expect(rows.count == features)
  for row in rows {
    #expect(row.split(separator: " | ", omittingEmptySubsequences: false).count == 7, "\(row)")
  }
}

@Test(arguments: [
  ("flowmeter", 39), ("cic", 81), ("cic+extensions", 83), ("cic2017-compat", 76),
  ("cic2022-compat", 81),
])
func setsHaveTheFeaturesOfTheirOriginals(set: String, count: Int) throws {
  #expect(try FeatureSets.schema(named: set).features.count == count)
}

/// The units, kinds and names of the alias table, so that tables of other tools fit.
@Test(
  .enabled(if: sharedDataIsExpected),
  arguments: [
    ("cic", "cic-corrected-91"), ("cic2022-compat", "cic-corrected-91"),
    ("cic2017-compat", "cic2017-85"), ("cic+extensions", "cicflowmeter-engelen-94"),
  ])
func namesAndUnitsAreThoseOfTheAliases(set: String, form: String) throws {
  let url = sharedData.deletingLastPathComponent().appending(path: "aliases.tsv")
  let aliases = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    .filter { $0[5] == form }
  let published = try FeatureSets.publishedNames(of: set)
  for (feature, name) in zip(try FeatureSets.schema(named: set).features, published) {
    let alias = try #require(
      aliases.first { $0[1] == feature.name && ["feature", "categorical"].contains($0[3]) })
    #expect(alias[4] == feature.unit.rawValue, "\(feature.name)")
    #expect((alias[3] == "categorical") == (feature.kind == .categorical), "\(feature.name)")
    if set != "cic+extensions" {
      #expect(alias[6].trimmingCharacters(in: .whitespaces) == name, "\(feature.name)")
    }
  }
}
