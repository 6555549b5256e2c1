import FeatureExtraction
import TestSupport
import Testing

/// The bundled recordings against their descriptor, whose counts come from the check script beside
/// the recordings: a decoder and a flow table of its own, in another language.
@Test(arguments: ["recording-a", "recording-b"])
func bundledRecordingsHoldWhatTheirDescriptorSays(name: String) throws {
  let folder = repository.appending(path: "Datasets/bundled")
  var options = ExtractionOptions()
  options.digestsInputs = true
  options.labels = .rules(
    try LabelRules(path: folder.appending(path: "\(name).rules.yaml").path))
  let (table, account) = try FlowExtraction.table(
    [folder.appending(path: "\(name).pcap").path], options: options)

  let descriptor = try DatasetCatalog.named("bundled")
  let file = try #require(descriptor.files.first { $0.pattern == "\(name).pcap" })
  let counts = Dictionary(uniqueKeysWithValues: zip(table.labels.classes, table.labels.classCounts))
  #expect(counts == file.classes)
  #expect(account.inputs.first?.sha256 == file.sha256)
  #expect(account.rulesWithoutMatch.isEmpty)
  let skipped = account.packets.skipped.values.reduce(0, +)
  #expect(account.packets.read == account.packets.metered + skipped)
}
