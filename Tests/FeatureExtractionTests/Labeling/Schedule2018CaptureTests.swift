import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// The ready-made rules for CSE-CIC-IDS2018 on packets: a capture of 14 February 2018 in small, by
/// the schedule of the owner.
struct Schedule2018CaptureTests {
  /// 2018-02-14T00:00:00Z; `date -u -d 2018-02-14 +%s`.
  private static let day = 1_518_566_400.0
  /// 14:30 of the owner's clock, four hours behind UTC: in the window of SSH.
  private static let inWindow = day + 18.5 * 3_600
  private static let attacker = "13.58.98.64"
  private static let target = "172.31.69.25"

  private var capture = CaptureBuilder()

  /// A TCP connection that is opened, carries so many bytes each way in turn, and is reset.
  private mutating func connect(
    _ client: String, _ port: UInt16, to server: String, _ serverPort: UInt16, at time: Double,
    payloads: [Int] = [], isAnswered: Bool = true
  ) {
    var time = time
    func add(_ isForward: Bool, _ flags: UInt8, _ payload: Int, to capture: inout CaptureBuilder) {
      let segment = Frame.tcp(
        isForward ? port : serverPort, isForward ? serverPort : port, flags: flags,
        Array(repeating: 65, count: payload))
      let packet = Frame.ipv4(
        isForward ? client : server, isForward ? server : client, protocolNumber: 6, segment)
      capture.add(Frame.ethernet(0x0800, packet), at: time)
      time += 0.01
    }
    add(true, Frame.syn, 0, to: &capture)
    guard isAnswered else { return add(false, Frame.rst | Frame.ack, 0, to: &capture) }
    add(false, Frame.syn | Frame.ack, 0, to: &capture)
    add(true, Frame.ack, 0, to: &capture)
    for (index, payload) in payloads.enumerated() {
      add(index % 2 == 0, Frame.ack, payload, to: &capture)
    }
    add(true, Frame.rst | Frame.ack, 0, to: &capture)
  }

  /// Labels by the port of the client, and the account.
  private func labels() throws -> (labels: [UInt16: String], account: ExtractionAccount) {
    let folder = try TemporaryFolder()
    var sorted = capture
    sorted.packets.sort { $0.time < $1.time }
    var options = ExtractionOptions()
    options.featureSet = "cic"
    options.labels = .rules(try LabelRules(named: "cic-ids2018"))
    var labels: [UInt16: String] = [:]
    let account = try FlowExtraction.extract(
      [folder.file("day.pcap", sorted.pcap())], options: options
    ) { (row) throws(DataError) in
      labels[max(row.flow.sourcePort, row.flow.destinationPort)] = row.label
    }
    return (labels, account)
  }

  @Test func passwordsAreGuessed() throws {
    var day = self
    let (attacker, target) = (Self.attacker, Self.target)
    let start = Self.inWindow
    day.connect(attacker, 40_001, to: target, 22, at: start, payloads: [21, 21, 600, 300])
    day.connect(attacker, 40_002, to: target, 22, at: start + 60, payloads: [21, 21])
    // Attempts: opened and reset without a word, and answered by the server alone.
    day.connect(attacker, 40_003, to: target, 22, at: start + 120)
    day.connect(attacker, 40_004, to: target, 22, at: start + 180, payloads: [0, 21])
    // The port of FTP is closed, in the hours of that attack and its other attacker.
    day.connect(
      "18.221.219.4", 40_005, to: target, 21, at: Self.day + 15 * 3_600, isAnswered: false)
    // Others at that time, that host before its attack and after it, and another target.
    day.connect("172.31.64.7", 40_006, to: target, 22, at: start + 30, payloads: [21, 21])
    day.connect(attacker, 40_007, to: target, 22, at: start - 3_600, payloads: [21, 21])
    day.connect(attacker, 40_008, to: target, 22, at: start + 2 * 3_600, payloads: [21, 21])
    day.connect(attacker, 40_009, to: target, 80, at: start + 90, payloads: [99, 99])
    day.connect(attacker, 40_010, to: "172.31.69.28", 22, at: start + 90, payloads: [21, 21])

    let (labels, account) = try day.labels()
    #expect(
      labels == [
        40_001: "SSH-BruteForce", 40_002: "SSH-BruteForce",
        40_003: "SSH-BruteForce - Attempted", 40_004: "SSH-BruteForce - Attempted",
        40_005: "FTP-BruteForce - Attempted",
        40_006: "BENIGN", 40_007: "BENIGN", 40_008: "BENIGN", 40_009: "BENIGN", 40_010: "BENIGN",
      ])
    let rules = Dictionary(
      uniqueKeysWithValues: (account.rules ?? []).filter { $0.matches > 0 }.map {
        ($0.name, [$0.matches, $0.labeled, $0.reversed])
      })
    #expect(
      rules == [
        "SSH-BruteForce": [4, 2, 0], "SSH-BruteForce - Attempted (0): no payload": [2, 2, 0],
        "FTP-BruteForce - Attempted (1): 14 February": [1, 1, 0],
      ])
    #expect(account.flows.written == 10)
  }

  /// A capture that begins in the middle of a connection turns it around, and the rule still holds:
  /// what it says of forward is meant of the attacker.
  @Test func turnedAround() throws {
    var day = self
    let start = Self.inWindow
    day.connect(Self.attacker, 40_001, to: Self.target, 22, at: start, payloads: [21, 700, 5])
    day.connect(Self.attacker, 40_002, to: Self.target, 22, at: start, payloads: [21, 700, 0])
    // What the server sends begins the flow.
    day.capture.packets = Array(day.capture.packets[4..<7] + day.capture.packets[11..<14])
    let (labels, account) = try day.labels()
    #expect(labels == [40_001: "SSH-BruteForce", 40_002: "SSH-BruteForce - Attempted"])
    #expect(account.rules?.first { $0.name == "SSH-BruteForce" }?.reversed == 2)
  }
}
