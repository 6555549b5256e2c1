import FeatureExtraction
import FeatureTables
import Testing

/// Our own tables come back as they were written.
struct OwnTableTests {
  private let bytes: TableBytes
  private let schema = FeatureSchema(
    identifier: "flowmeter", version: 1,
    features: [
      Feature("flow_duration", in: .nanoseconds), Feature("packets", in: .packets),
      Feature("kind", in: .none, kind: .categorical),
    ])
  private let identityColumns = [
    "flow_id", "community_id", "source_address", "source_port", "destination_address",
    "destination_port", "protocol", "start_time", "end_time", "capture",
  ]

  init() throws { bytes = try TableBytes() }

  private func write(
    _ name: String, published: [String]? = nil, describes: Bool = true
  ) throws -> String {
    let path = bytes.folder.path(name)
    var writer = try TableFileWriter(
      path: path, schema: schema, identityColumns: identityColumns, hasLabel: true,
      publishedNames: published, categories: [[], [], ["odd", "strange, indeed"]])
    for (row, value) in [0.1, .nan, 1e300].enumerated() {
      try writer.append(
        identity: [
          "f\(row)", "1:abc", row == 1 ? "10.0.0.2" : "10.0.0.1", row == 1 ? "80" : "4000",
          row == 1 ? "10.0.0.1" : "10.0.0.2", row == 1 ? "4000" : "80", "6",
          "2024-01-01T10:00:0\(row).123456789Z", "2024-01-01T10:00:09.000000000Z", "a.pcap",
        ],
        values: [value, Double(row), Double(row % 2)],
        label: row == 2 ? nil : ["benign", "scan"][row])
    }
    try writer.finish(
      metadata: describes
        ? TableMetadata(
          schema: schema, publishedNames: published, identityColumns: identityColumns) : nil)
    return path
  }

  @Test(arguments: ["t.csv", "t.csv.gz"]) func withDescription(_ name: String) throws {
    var options = TableReadingOptions()
    options.keepsUnlabeledRows = true
    let table = try FlowTables.read([try write(name)], options: options)
    #expect(table.matrix.schema == schema)
    #expect(table.column("flow_duration")[0] == 0.1 && table.column("flow_duration")[2] == 1e300)
    #expect(table.column("flow_duration")[1].isNaN)
    #expect(table.names("kind") == ["odd", "strange, indeed", "odd"])
    #expect(table.classNames == ["benign", "scan", nil])
    #expect(table.identity.columns.map(\.name) == identityColumns)
    #expect(table.identity.column("capture")?[2] == "a.pcap")
    // date -u -d 2024-01-01T10:00:00Z +%s
    #expect(table.identity.startTimes[0] == 1_704_103_200_123_456_789)
    #expect(Set(table.identity.connections).count == 1, "one connection in both directions")
  }

  @Test func publishedNamesComeBackAsOurs() throws {
    let path = try write("p.csv", published: ["flowDuration", "flowLength", "kind of"])
    let table = try FlowTables.read([path])
    #expect(table.matrix.schema == schema)
    #expect(table.account.dropped == ["unlabeled_rows": 1])
  }

  @Test func withoutDescription() throws {
    let path = try write("bare.csv", describes: false)
    let bare = try FlowTables.read([path])
    #expect(bare.matrix.schema.identifier == "flowmeter-table")
    #expect(bare.column("packets") == [0, 1])
    var options = TableReadingOptions()
    options.schema = schema
    #expect(try FlowTables.read([path], options: options).matrix.schema == schema)
  }

  @Test func wholeTablesAreWrittenAndReadBack() throws {
    let table = try FlowTables.read([try write("first.csv")])
    try TableFileWriter.write(table, to: bytes.folder.path("second.csv"))
    let again = try FlowTables.read([bytes.folder.path("second.csv")])
    #expect(again.matrix.schema == table.matrix.schema)
    #expect(again.labels == table.labels)
    #expect(again.identity.connections == table.identity.connections)
    #expect(again.column("packets") == table.column("packets"))
  }

  @Test func protocolOnRequest() throws {
    var options = TableReadingOptions()
    options.includedFeatures = ["protocol"]
    let table = try FlowTables.read([try write("t.csv")], options: options)
    #expect(table.names("protocol") == ["6", "6"])
    #expect(table.matrix.schema.features.first?.name == "protocol")
  }
}
