import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

@Test func theCatalogHoldsThePublicSetsAndTheBundledOne() throws {
  #expect(
    try DatasetCatalog.all.map(\.name) == [
      "bundled", "cic-bot-iot", "cic-ddos2019", "cic-ids2017", "cic-ids2017-corrected",
      "cic-ton-iot", "ciciot2023", "cse-cic-ids2018", "cse-cic-ids2018-corrected", "ctu-13",
      "iot-23", "kdd99", "nf-uq-nids", "nsl-kdd", "unsw-nb15",
    ])
}

@Test func countsOfADescriptorAddUp() throws {
  for descriptor in try DatasetCatalog.all {
    let counts = descriptor.classes.compactMap(\.rows)
    if let rows = descriptor.rows, counts.count == descriptor.classes.count {
      #expect(counts.reduce(0, +) == rows, "\(descriptor.name)")
    }
    for file in descriptor.files {
      // A capture has packets; its flows are counted by the test of the recordings.
      if let classes = file.classes, !file.pattern.hasSuffix(".pcap") {
        #expect(classes.values.reduce(0, +) == file.rows, "\(descriptor.name) \(file.pattern)")
      }
    }
  }
  // Parts of a set that its files cover whole.
  for name in ["cic-ids2017", "cic-ids2017-corrected"] {
    let descriptor = try DatasetCatalog.named(name)
    #expect(descriptor.files.compactMap(\.rows).reduce(0, +) == descriptor.rows)
  }
  let scenarios = try DatasetCatalog.named("ctu-13").files.filter { $0.sha256 == nil }
  #expect(scenarios.count == 13 && scenarios.compactMap(\.rows).reduce(0, +) == 19_976_700)
}

@Test func classesOfTheFilesAreThoseOfTheSet() throws {
  for descriptor in try DatasetCatalog.all {
    let labels = Set(descriptor.classes.map(\.label))
    for file in descriptor.files {
      #expect(labels.isSuperset(of: (file.classes ?? [:]).keys), "\(descriptor.name)")
    }
    #expect(labels.count == descriptor.classes.count, "\(descriptor.name) names a class twice")
  }
}

@Test func everyDescriptorSaysWhatAUserNeeds() throws {
  for descriptor in try DatasetCatalog.all where descriptor.name != "bundled" {
    #expect(descriptor.page?.hasPrefix("https://") == true)
    #expect(
      !descriptor.citations.isEmpty && !descriptor.forms.isEmpty && !descriptor.faults.isEmpty)
    #expect(descriptor.classes.contains { $0.verdict == .benign })
    #expect(descriptor.classes.contains { $0.verdict == .malicious })
    for file in descriptor.files {
      #expect(file.form.map(descriptor.forms.contains) ?? true, "\(file.pattern)")
      #expect(file.sha256.map { [16, 64].contains($0.count) } ?? true)
    }
  }
}

@Test func namesAreFoundInAnyCaseAndSuggested() throws {
  #expect(try DatasetCatalog.named("CIC-IDS2017").title == "CIC-IDS2017")
  for (wrong, near) in [
    ("nslkdd", "nsl-kdd"), ("unsw", "unsw-nb15"), ("cicids2017", "cic-ids2017"),
  ] {
    #expect { try DatasetCatalog.named(wrong) } throws: { error in
      guard let error = error as? DataError else { return false }
      return error.exitCode == 64 && error.remedy.contains("did you mean '\(near)'")
    }
  }
}

@Test func aFolderWithoutDescriptorsOrWithABadOneIsAnError() throws {
  let folder = try TemporaryFolder()
  #expect { try DatasetCatalog.load(from: folder.url) } throws: {
    ($0 as? DataError)?.exitCode == 66
  }
  try folder.file("descriptor-x.json", "{}")
  #expect { try DatasetCatalog.load(from: folder.url) } throws: {
    ($0 as? DataError)?.exitCode == 65
  }
}

@Test func descriptorsSurviveEncoding() throws {
  for descriptor in try DatasetCatalog.all {
    let data = try JSONEncoder().encode(descriptor)
    #expect(try JSONDecoder().decode(DatasetDescriptor.self, from: data) == descriptor)
  }
}

@Test func listAndCardAreReadable() throws {
  let all = try DatasetCatalog.all
  let lines = DatasetDescriptor.listing(all).split(separator: "\n")
  #expect(lines.count == all.count + 1)
  #expect(lines.contains { $0.contains("cic-ids2017 ") && $0.contains("2,830,743") })
  for descriptor in all {
    #expect(
      descriptor.card.split(separator: "\n").allSatisfy { $0.count <= 80 || !$0.contains(". ") })
  }
  let card = try DatasetCatalog.named("cic-ids2017").card
  for words in [
    "https://www.unb.ca/cic/datasets/ids-2017.html", "America/Halifax",
    "DoS Hulk: malicious, 231,073",
    "Known faults", "(not checked)", "Group by",
  ] { #expect(card.contains(words), "\(words)") }
}
