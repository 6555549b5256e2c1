import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// All vectors of the specification: each packet of its captures by itself, so that each is the
/// first of a flow.
@Test(.enabled(if: sharedDataIsExpected), arguments: [("deflt", 0), ("seed1", 1)])
func communityIDsAreThoseOfTheSpecification(baseline: String, seed: UInt16) throws {
  struct Vector: Decodable {
    let communityid: String
  }
  let vectors = try JSONDecoder().decode(
    [Vector].self,
    from: Data(
      contentsOf: sharedData.appending(
        path: "golden/community-id/baseline/baseline_\(baseline).json")))
  let path = sharedData.appending(path: "pcap/community-id/pcaps/combined.pcap.gz").path
  let folder = try TemporaryFolder()
  var options = ExtractionOptions()
  options.communitySeed = seed
  var found: Set<String> = []
  for packet in try readAll(path).packets {
    var builder = CaptureBuilder()
    builder.packets = [.init(time: packet.time, bytes: packet.bytes)]
    let single = try folder.file("single.pcap", builder.pcap())
    _ = try? FlowExtraction.extract([single], options: options) { (row) throws(DataError) in
      found.insert(row.text(.communityID))
    }
  }
  #expect(found == Set(vectors.map(\.communityid)))
}
