import FeatureTables
import Foundation
import TestSupport
import Testing

struct TableFileWriterTests {
  private let schema = FeatureSchema(
    identifier: "test", version: 2,
    features: [
      Feature("duration", in: .microseconds), Feature("state", in: .none, kind: .categorical),
    ])

  @Test func textOfATable() throws {
    let folder = try TemporaryFolder()
    var writer = try TableFileWriter(
      path: folder.path("t.csv"), schema: schema, identityColumns: ["flow_id"], hasLabel: true,
      categories: [[], ["a,b", "say \"x\""]])
    try writer.append(identity: ["1\n2"], values: [1.5, 0], label: "benign")
    try writer.append(identity: [""], values: [.nan, .nan], label: nil)
    try writer.append(identity: ["x"], values: [-0.0, 1], label: "DoS")
    try writer.finish()
    #expect(
      String(decoding: try folder.bytes("t.csv"), as: UTF8.self) == """
        flow_id,duration,state,label
        "1\n2",1.5,"a,b",benign
        ,,,
        x,-0.0,"say ""x""\",DoS

        """)
    #expect(try folder.names() == ["t.csv"])
  }

  @Test func metadataComesBackEqual() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("t.csv")
    var rows = RowAccount()
    rows.read = 3
    rows.used = 2
    rows.dropped = ["empty_rows": 1]
    let metadata = TableMetadata(
      schema: schema, publishedNames: ["Duration", "State"], identityColumns: ["flow_id"],
      settings: ["idle_timeout": "120s"], inputDigests: ["a.pcap": "00ff"], rows: rows,
      extra: [
        "packets": ["read": 7, "skipped": ["arp": 2]], "ratio": 0.5, "note": ["x", .null, true],
      ])
    let writer = try TableFileWriter(
      path: path, schema: schema, identityColumns: ["flow_id"], hasLabel: false,
      publishedNames: ["Duration", "State"])
    try writer.finish(metadata: metadata)
    #expect(try folder.names() == ["t.csv", "t.csv.meta.json"])
    #expect(try TableMetadata.read(besides: path) == metadata)
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(try folder.bytes("t.csv.meta.json")))
        as? [String: Any])
    #expect((document["packets"] as? [String: Any])?["read"] as? Int == 7)
    #expect(document["tool_version"] as? String == flowMeterVersion)
    #expect(
      String(decoding: try folder.bytes("t.csv"), as: UTF8.self) == "flow_id,Duration,State\n")
  }

  @Test func gzipIsReadBack() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("t.csv.gz")
    var random = RandomGenerator(seed: 3)
    var plain = "duration,state\n"
    var writer = try TableFileWriter(
      path: path, schema: schema, identityColumns: [], hasLabel: false)
    for _ in 0..<50_000 {
      let value = random.uniform()
      plain += "\(value),1\n"
      try writer.append(identity: [], values: [value, 1])
    }
    try writer.finish()
    let stored = try folder.bytes("t.csv.gz")
    #expect(stored.starts(with: [0x1F, 0x8B]))
    #expect(stored.count < plain.utf8.count / 2)
    var source = try ByteSource(path: path)
    #expect(try source.readAll() == Array(plain.utf8))
  }

  @Test func nothingStaysOfAnUnfinishedTable() throws {
    let folder = try TemporaryFolder()
    do {
      var writer = try TableFileWriter(
        path: folder.path("t.csv"), schema: schema, identityColumns: [], hasLabel: false)
      try writer.append(identity: [], values: [1, 2])
    }
    #expect(try folder.names() == [])
    #expect(throws: DataError.self) {
      _ = try TableFileWriter(
        path: folder.path("no/such/folder.csv"), schema: schema, identityColumns: [],
        hasLabel: false)
    }
  }

  @Test func damagedMetadataIsRefused() throws {
    let folder = try TemporaryFolder()
    for text in ["", "{}", #"{"format":"flowmeter-table","format_version":"2.0"}"#] {
      _ = try folder.file("t.csv.meta.json", text)
      #expect(throws: DataError.self) {
        try TableMetadata.read(besides: folder.path("t.csv"))
      }
    }
    #expect(try TableMetadata.read(besides: folder.path("other.csv")) == nil)
  }
}
