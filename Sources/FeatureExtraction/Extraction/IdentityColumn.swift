/// The columns that say which flow a row is, in the order in which they begin every flow table.
/// The raw value is the name of the column.
public enum IdentityColumn: String, CaseIterable, Sendable {
  case flowID = "flow_id"
  case communityID = "community_id"
  case sourceAddress = "source_address"
  case sourcePort = "source_port"
  case destinationAddress = "destination_address"
  case destinationPort = "destination_port"
  case protocolNumber = "protocol"
  case startTime = "start_time"
  case endTime = "end_time"
  case capture
}
