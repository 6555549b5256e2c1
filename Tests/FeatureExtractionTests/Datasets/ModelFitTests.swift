import FeatureExtraction
import FeatureTables
import Foundation
import Testing

/// What a model and a description need to know about a table.
struct ModelFitTests {
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  private func file(_ form: String) -> String {
    AliasRow.file(form, rows: 4) { AliasRow.plain($0, $1, labels: ["Benign", "Bot"]) }
  }

  @Test func definitionsOfTwoForms() throws {
    let original = try bytes.read(file("cic2017-79")).matrix.schema
    let withIdentity = try bytes.read(file("cic2017-85")).matrix.schema
    let corrected = try bytes.read(file("cic-corrected-91")).matrix.schema
    #expect(Definitions.differences(trained: original, offered: withIdentity).isEmpty)
    #expect(Definitions.differences(trained: original, offered: original).isEmpty)
    let unlike = Definitions.differences(trained: original, offered: corrected)
    #expect(unlike.contains { $0.feature == "acknowledgment_flag_count" }, "0 or 1, and a count")
    #expect(!unlike.contains { $0.feature == "forward_packet_length_mean" })
  }

  /// The sets that repeat a program have the features of its published tables.
  @Test(arguments: [("cic2017-79", "cic2017-compat"), ("cic-corrected-91", "cic2022-compat")])
  func setOfPublishedTables(form: String, set: String) throws {
    let published = try bytes.read(file(form)).matrix.schema
    let computed = try FeatureSets.schema(named: set)
    #expect(Definitions.featureSet(ofForm: form) == set)
    #expect(Definitions.differences(trained: published, offered: computed).isEmpty)
    #expect(Set(published.features).isSubset(of: computed.features))
    let other = try FeatureSets.schema(named: "cic")
    #expect(!Definitions.differences(trained: published, offered: other).isEmpty)
    #expect(Definitions.featureSet(ofForm: "generic") == nil)
  }

  /// A model that was trained with the port finds it in a table that leaves it out by default.
  @Test func schemaOfAModelAsksForItsColumns() throws {
    let trained = try bytes.read(file("cic2017-79")) {
      $0.includedFeatures = ["Destination Port"]
    }
    let table = try bytes.read(file("cic2017-79")) { $0.schema = trained.matrix.schema }
    #expect(table.matrix.schema == trained.matrix.schema)
    #expect(table.matrix.schema.index(of: "destination_port") != nil)
    #expect(table.settings["include_feature"] == "destination_port")
  }

  @Test func labelInAColumnOfTheUsersOwn() throws {
    var lines = file("cic2017-79").split(separator: "\n").map(String.init)
    lines[0] += ",Analyst"
    for (row, verdict) in ["normal", "odd", "odd", "normal"].enumerated() {
      lines[row + 1] += ",\(verdict)"
    }
    let table = try bytes.read(lines.joined(separator: "\n")) { $0.labelColumn = "Analyst" }
    #expect(table.labels.classes == ["normal", "odd"])
    #expect(table.account.remarks["unknown_labels"] == nil)
    #expect(table.reason("Label") == .label)
  }

  @Test func jsonLogWithoutLabels() {
    let text = #"{"ts":1.5,"id.orig_h":"10.0.0.1","conn_state":"SF"}"#
    #expect {
      try bytes.read("\(text)\n\(text)\n", "conn.log")
    } throws: { error in
      (error as? DataError)?.problem.contains("no column with labels") == true
    }
  }

  @Test func descriptionAsJSON() throws {
    let description = try bytes.describe(file("cic2017-79"))
    let encoded = try JSONEncoder().encode(description)
    let json = try #require(JSONSerialization.jsonObject(with: encoded) as? [String: Any])
    #expect(json["form"] as? String == "cic2017-79")
    #expect(json["label_column"] as? String == "Label")
    #expect(json["unlabeled_rows"] as? Int == 0)
    #expect(json["has_byte_order_mark"] as? Bool == false)
    #expect(try JSONDecoder().decode(TableDescription.self, from: encoded) == description)
    let column = try #require(description.columns.first { $0.header == "Flow Duration" })
    #expect(
      column.name == "flow_duration" && column.unit == .microseconds && column.kind == .numeric)
    #expect(description.columns.first { $0.header == "Destination Port" }?.role == "optional")
  }

  @Test func limitOfRows() throws {
    let path = try bytes.folder.file("t.csv", file("cic2017-79"))
    #expect(try FlowTables.describe(path, limit: 2).rows.read == 2)
  }
}
