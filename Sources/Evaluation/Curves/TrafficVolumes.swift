import FeatureTables

/// How many packets and bytes are behind each row, as far as the columns of a table say it.
public struct TrafficVolumes: Sendable, Equatable {
  /// One a row; nil where the table does not say.
  public let packets: [Double]?
  /// One a row; nil where the table does not say.
  public let bytes: [Double]?

  /// One entry a row in each list that is there, none below 0.
  public init(packets: [Double]? = nil, bytes: [Double]? = nil) {
    self.packets = packets
    self.bytes = bytes
  }

  /// The columns that add up to the packets of a flow, by feature set: the first whose columns are
  /// all there.
  private static let packetColumns = [
    ["packet_count"], ["forward_packet_count", "backward_packet_count"],
  ]
  private static let byteColumns = [
    ["packet_size_total"], ["forward_packet_size_total", "backward_packet_size_total"],
    ["forward_packet_length_total", "backward_packet_length_total"],
    ["forward_byte_total", "backward_byte_total"],
  ]

  /// Takes the volumes from the columns that count them. A value that is missing or below 0 counts
  /// nothing.
  public init(of matrix: FeatureMatrix) {
    func sum(_ choices: [[String]], in unit: Unit) -> [Double]? {
      for names in choices {
        let columns = names.compactMap { matrix.schema.index(of: $0) }
        guard columns.count == names.count,
          columns.allSatisfy({ matrix.schema.features[$0].unit == unit })
        else { continue }
        var total = Array(repeating: 0.0, count: matrix.rowCount)
        for column in columns {
          for (row, value) in matrix.column(column).enumerated() where value.isFinite {
            total[row] += max(value, 0)
          }
        }
        return total.contains { $0 > 0 } ? total : nil
      }
      return nil
    }
    packets = sum(TrafficVolumes.packetColumns, in: .packets)
    bytes = sum(TrafficVolumes.byteColumns, in: .bytes)
  }
}
