import FeatureExtraction
import FeatureTables
import Testing

/// Tables of users, whose form nobody knows.
struct GenericTableTests {
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  private let text = """
    Session ID,when,srcIp,peer,Rate per Second,service,comment,counter,class
    7,2024-01-01 10:00:00,10.0.0.1,10.0.0.9,1.5,http,aaa,1,benign
    9,2024-01-01 10:00:01,10.0.0.2,10.0.0.8,2.5,dns,bbb,2,attack
    2,2024-01-01 10:00:02,10.0.0.3,10.0.0.7,3.5,http,ccc,3,benign
    5,2024-01-01 10:00:03,10.0.0.4,10.0.0.6,NaN,http,ddd,4,attack
    4,2024-01-01 10:00:04,10.0.0.5,10.0.0.5,5.5,dns,eee,5,benign
    """

  @Test func columnsByNameAndContent() throws {
    let table = try bytes.read(text)
    #expect(table.settings["form"] == "generic")
    #expect(table.matrix.schema.features.map(\.name) == ["rate_per_second", "service"])
    #expect(table.names("service") == ["http", "dns", "http", "http", "dns"])
    #expect(table.labels.classes == ["benign", "attack"])
    #expect(table.reason("Session ID") == .identifier)
    #expect(table.reason("when") == .timestamp, "it holds times")
    #expect(table.reason("srcIp") == .identifier)
    #expect(table.reason("peer") == .identifier, "it holds addresses")
    #expect(table.reason("comment") == .text)
    #expect(table.reason("counter") == .identifier, "it counts the rows")
    #expect(table.account.nonfinite == ["rate_per_second": ["nan": 1]])
  }

  @Test func labelNamedByHand() throws {
    let other = text.replacing("class", with: "Verdict of Bob")
    #expect {
      try bytes.read(other)
    } throws: { error in
      (error as? DataError)?.remedy.contains("--label-column") == true
    }
    let table = try bytes.read(other) { $0.labelColumn = "verdict of bob" }
    #expect(table.labels.classCounts == [3, 2])
    #expect {
      try bytes.read(text) { $0.labelColumn = "nothing" }
    } throws: { error in
      (error as? DataError)?.place == .column("nothing")
    }
  }

  @Test func flagsAndHandPickedBenign() throws {
    let flags = try bytes.read("x,y,label\n1,5,0\n2,6,1\n4,7,0\n")
    #expect(flags.labels.classes == ["0", "1"])
    #expect(flags.labels.benign == ["0"])
    let other = try bytes.read("x,y,label\n1,5,good\n2,6,bad\n4,7,good\n") {
      $0.benignClasses = ["good"]
    }
    #expect(other.labels.classes == ["good", "bad"])
  }

  /// A model's schema lets an unlabeled table of the same columns be read.
  @Test func unlabeledTableForAModel() throws {
    let trained = try bytes.read(text)
    let unlabeled = "Rate per Second,service\n4,dns\nx\n".replacing("x\n", with: "5,ftp\n")
    #expect(throws: DataError.self) {
      try bytes.read(unlabeled) { $0.keepsUnlabeledRows = true }
    }
    let table = try bytes.read(unlabeled) {
      $0.keepsUnlabeledRows = true
      $0.schema = trained.matrix.schema
    }
    #expect(table.matrix.schema == trained.matrix.schema)
    #expect(table.names("service") == ["dns", "ftp"])
    #expect(table.classNames == [nil, nil])
  }

  @Test func columnsOfCICKeepTheirCanonicalNames() throws {
    let table = try bytes.read("Flow Duration;Fwd IAT Mean;label\n1;2;benign\n3;4;scan\n")
    #expect(
      table.matrix.schema.features.map(\.name) == [
        "flow_duration", "forward_interarrival_time_mean",
      ])
  }
}
