import FeatureTables

/// What a bootstrap draws: whole connections where rows are known to belong to such, for their rows
/// are alike; else single rows.
package struct BootstrapUnits: Sendable {
  /// What is drawn. The raw value is the name in files.
  package enum Kind: String, Sendable, Codable {
    case connections, rows
  }

  package let kind: Kind
  /// How many there are; as many are drawn for a resample.
  package let count: Int
  /// The unit of each row; empty where each row is its own.
  private let unitOfRow: [Int32]

  /// Rows of equal connection together, in the order in which connections first come; rows by
  /// themselves where `connections` is empty.
  package init(rows: Int, connections: [UInt64] = []) {
    guard !connections.isEmpty else {
      (kind, count, unitOfRow) = (.rows, rows, [])
      return
    }
    precondition(connections.count == rows, "one connection a row")
    var places: [UInt64: Int32] = [:]
    var units: [Int32] = []
    units.reserveCapacity(rows)
    for connection in connections {
      let place = places[connection] ?? Int32(places.count)
      places[connection] = place
      units.append(place)
    }
    (kind, count, unitOfRow) = (.connections, places.count, units)
  }

  /// How many resamples are made: fewer of large tables, which vary less, for the sake of time.
  /// - Parameter curves: how many rankings each resample goes through.
  package static func resampleCount(rows: Int, curves: Int) -> Int {
    min(1_000, max(200, 100_000_000 / max(1, rows * max(1, curves))))
  }

  /// How often each row occurs in a resample, whose generator is that of the stream `index`: units
  /// are drawn one after the other, with replacement.
  package func weights(seed: UInt64, resample index: Int) -> [UInt16] {
    var random = RandomGenerator(seed: seed, stream: UInt64(index))
    // No unit is drawn 2^16 times: one more often than fifty times is not seen in a lifetime.
    var draws = [UInt16](repeating: 0, count: count)
    for _ in 0..<count { draws[random.below(count)] += 1 }
    return unitOfRow.isEmpty ? draws : unitOfRow.map { draws[Int($0)] }
  }
}
