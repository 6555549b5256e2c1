import FeatureTables

/// One flow as it goes into a table. A sink that keeps it keeps a copy.
public struct FlowRow: Sendable {
  /// Who talked to whom, by what, and when.
  public internal(set) var flow: FlowIdentity
  /// The file of the first packet, as it was named.
  public internal(set) var capture: String
  /// The position of `capture` among the inputs of the account.
  public internal(set) var captureIndex: Int
  /// Why the flow ended.
  public internal(set) var endReason: EndReason
  /// One value for each feature of the schema, in its order.
  public internal(set) var values: [Double]
  /// Nil where no rule matched and there is no default.
  public internal(set) var label: String?
  /// The rule that gave the label, as an index into the rules of the account.
  public internal(set) var rule: Int?
  let community: CommunityID

  /// The text of an identity column.
  public func text(_ column: IdentityColumn) -> String {
    var bytes: [UInt8] = []
    append(column, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the UTF-8 text of an identity column. Quoting is for the writer: only `capture` can
  /// need it.
  public func append(_ column: IdentityColumn, to bytes: inout [UInt8]) {
    switch column {
    case .flowID: appendFlowID(to: &bytes)
    case .communityID: community.append(flow, to: &bytes)
    case .sourceAddress: flow.source.append(to: &bytes)
    case .sourcePort: appendDecimal(UInt64(flow.sourcePort), to: &bytes)
    case .destinationAddress: flow.destination.append(to: &bytes)
    case .destinationPort: appendDecimal(UInt64(flow.destinationPort), to: &bytes)
    case .protocolNumber: appendDecimal(UInt64(flow.protocolNumber), to: &bytes)
    case .startTime: Timestamp.append(flow.start, to: &bytes)
    case .endTime: Timestamp.append(flow.end, to: &bytes)
    case .capture: bytes.append(contentsOf: capture.utf8)
    }
  }

  /// `SOURCE-DESTINATION-SOURCEPORT-DESTINATIONPORT-PROTOCOL-START`, the start in nanoseconds
  /// since 1970: the same for the same packets, however they are stored or divided into files.
  private func appendFlowID(to bytes: inout [UInt8]) {
    let dash = UInt8(ascii: "-")
    flow.source.append(to: &bytes)
    bytes.append(dash)
    flow.destination.append(to: &bytes)
    for number in [flow.sourcePort, flow.destinationPort, UInt16(flow.protocolNumber)] {
      bytes.append(dash)
      appendDecimal(UInt64(number), to: &bytes)
    }
    bytes.append(dash)
    bytes.append(contentsOf: String(flow.start).utf8)
  }
}
