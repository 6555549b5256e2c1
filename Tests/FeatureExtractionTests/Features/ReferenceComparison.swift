import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// Captures of the shared data, found by content; all of them with FLOWMETER_ALL_CAPTURES set, a
/// fixed sample of the small ones otherwise.
func sharedCaptures(every step: Int = 12) -> [String] {
  let folders = ["pcap", "golden/extractors/pcap"].map { sharedData.appending(path: $0) }
  let takesAll = ProcessInfo.processInfo.environment["FLOWMETER_ALL_CAPTURES"] != nil
  let paths = folders.flatMap { folder in
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return files?.compactMap { ($0 as? URL)?.path }.filter(isRegularFile).sorted() ?? []
  }
  return paths.enumerated().filter { index, path in
    takesAll || path.contains("golden") || index % step == 0 && size(of: path) < 200_000
  }.map(\.element)
}

private func isRegularFile(_ path: String) -> Bool {
  let type = try? FileManager.default.attributesOfItem(atPath: path)[.type]
  return type as? FileAttributeType == .typeRegular
}

private func size(of path: String) -> Int {
  (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
}

extension ExtractionOptions {
  /// Those of the set `flowmeter`.
  static let flowmeter: ExtractionOptions = {
    var options = ExtractionOptions()
    options.featureSet = "flowmeter"
    return options
  }()
}

/// Whether two values are the same but for rounding.
func agree(_ left: Double, _ right: Double) -> Bool {
  left == right || abs(left - right) <= 1e-9 * max(abs(left), abs(right))
    || abs(left - right) < 1e-9
}

/// Differences between the extractor and the reference for one capture; empty if they agree.
func differences(_ path: String) throws -> [String] {
  let packets: [ReferencePacket?]
  do {
    packets = try referencePackets(of: path)
  } catch is DataError {
    return []
  }
  let metered = packets.compactMap { $0 }
  var rows: [FlowRow] = []
  let account: ExtractionAccount
  do {
    account = try FlowExtraction.extract([path], options: .flowmeter) { (row) throws(DataError) in
      rows.append(row)
    }
  } catch {
    return metered.isEmpty ? [] : ["refused: \(error)"]
  }
  var found: [String] = []
  if account.packets.metered != metered.count || account.packets.read != packets.count {
    found.append("metered \(account.packets.metered) of \(account.packets.read)")
    found.append("expected \(metered.count) of \(packets.count)")
  }
  let names = try FeatureSets.schema(named: "flowmeter").features.map(\.name)
  // Flows of the same name can exist where a connection is closed and reopened in no time.
  var expected = Dictionary(grouping: referenceFlows(metered), by: \.name)
  for row in rows {
    let name = row.text(.flowID)
    let matching = expected[name, default: []].firstIndex { flow in
      zip(names, row.values).allSatisfy { agree(flow.features[$0] ?? -1, $1) }
    }
    guard let matching else {
      found.append("\(name): \(row.values), expected \(expected[name] ?? [])")
      continue
    }
    expected[name]?.remove(at: matching)
  }
  for (name, flows) in expected where !flows.isEmpty { found.append("missing: \(name)") }
  return found
}

@Test(.enabled(if: sharedDataIsExpected))
func extractorAgreesWithTheReference() throws {
  let captures = sharedCaptures()
  #expect(captures.count > 200)
  for path in captures {
    let found = try differences(path)
    #expect(found.isEmpty, "\(path): \(found.prefix(3))")
  }
}
