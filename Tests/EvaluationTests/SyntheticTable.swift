import Evaluation
import FeatureTables
import Foundation

/// A table of made-up flows without a fault, to plant one in.
///
/// Classes take turns; three features are bell-shaped and lie half a deviation apart from class to
/// class, so that none tells the classes by itself; one is a protocol at random. Every row is a
/// connection of its own, one second after the row before, in one of two captures.
struct SyntheticTable {
  var features: [Feature]
  var columns: [[Double]]
  var categories: [[String]]
  var names: [String?]
  var connections: [UInt64]
  var startTimes: [Int64]
  var sourceIndices: [Int32]
  var rowNumbers: [Int]

  init(
    rows: Int = 400, classes: [String] = ["benign", "malicious"], seed: UInt64 = 1,
    startingAt second: Int64 = 1_000_000
  ) {
    var random = RandomGenerator(seed: seed)
    let names = (0..<rows).map { classes[$0 % classes.count] }
    func bell(_ row: Int) -> Double {
      let sum = (0..<12).reduce(0) { total, _ in total + random.uniform() }
      return sum - 6 + 0.5 * Double(row % classes.count)
    }
    features = [
      Feature("packet_length_mean", in: .bytes), Feature("duration", in: .microseconds),
      Feature("rate", in: .bytesPerSecond), Feature("protocol", in: .none, kind: .categorical),
    ]
    columns = (0..<3).map { _ in (0..<rows).map(bell) }
    columns.append((0..<rows).map { _ in Double(random.below(2)) })
    categories = [[], [], [], ["tcp", "udp"]]
    self.names = names
    connections = (0..<rows).map { _ in random.next() }
    startTimes = (0..<rows).map { (second + Int64($0)) * 1_000_000_000 }
    sourceIndices = (0..<rows).map { Int32($0 / classes.count % 2) }
    rowNumbers = Array(0..<rows)
  }

  /// Adds a feature, one value a row from its number and its class.
  mutating func add(
    _ name: String, kind: FeatureKind = .numeric, categories names: [String] = [],
    _ value: (Int, String) -> Double
  ) {
    features.append(Feature(name, in: .none, kind: kind))
    columns.append(self.names.enumerated().map { value($0, $1 ?? "") })
    categories.append(names)
  }

  var table: LabeledTable {
    LabeledTable(
      matrix: FeatureMatrix(
        schema: FeatureSchema(identifier: "synthetic", version: 1, features: features),
        rowCount: names.count, values: columns.flatMap { $0 }, categories: categories),
      labels: Labels(names: names),
      identity: RowIdentity(
        connections: connections, startTimes: startTimes, sourceIndices: sourceIndices,
        sources: ["a.pcap", "b.pcap"]),
      rowNumbers: rowNumbers)
  }
}

extension [Finding] {
  var kinds: Set<FindingKind> { Set<FindingKind>(map(\.kind)) }

  func first(_ kind: FindingKind) -> Finding? { first { $0.kind == kind } }
}
