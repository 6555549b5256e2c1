/// The columns that say which flow a row is, in the order in which they begin every flow table.
/// The raw value is the name of the column.
public enum IdentityColumn: String, CaseIterable, Sendable {
  /// Source, destination, their ports, protocol and start in nanoseconds since 1970, with dashes
  /// between; the VLANs behind them where they tell flows apart.
  case flowID = "flow_id"
  /// The Community ID of the flow, version 1, under the seed of the extraction.
  case communityID = "community_id"
  /// The address of the side that opened the flow.
  case sourceAddress = "source_address"
  case sourcePort = "source_port"
  /// The address of the other side.
  case destinationAddress = "destination_address"
  case destinationPort = "destination_port"
  /// The number of the IP protocol.
  case protocolNumber = "protocol"
  /// The time of the first packet, RFC 3339 in UTC with nine digits.
  case startTime = "start_time"
  /// The time of the latest packet, likewise.
  case endTime = "end_time"
  /// The file of the first packet, as it was named.
  case capture
}
