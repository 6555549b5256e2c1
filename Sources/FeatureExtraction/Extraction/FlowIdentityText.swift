import FeatureTables

/// The identity of a flow as text: what its columns hold, as UTF-8 without quotes.
struct FlowIdentityText {
  private let flow: FlowIdentity
  private let capture: String
  private let community: CommunityID
  /// Addresses stand in a row twice, and are written once.
  private let source, destination: [UInt8]

  init(_ flow: FlowIdentity, capture: String, community: CommunityID) {
    self.flow = flow
    self.capture = capture
    self.community = community
    var source: [UInt8] = []
    var destination: [UInt8] = []
    flow.source.append(to: &source)
    flow.destination.append(to: &destination)
    (self.source, self.destination) = (source, destination)
  }

  /// Appends the text of a column. Only `capture` can need quotes.
  func append(_ column: IdentityColumn, to bytes: inout [UInt8]) {
    switch column {
    case .flowID: appendFlowID(to: &bytes)
    case .communityID: community.append(flow, to: &bytes)
    case .sourceAddress: bytes.append(contentsOf: source)
    case .sourcePort: appendDecimal(UInt64(flow.sourcePort), to: &bytes)
    case .destinationAddress: bytes.append(contentsOf: destination)
    case .destinationPort: appendDecimal(UInt64(flow.destinationPort), to: &bytes)
    case .protocolNumber: appendDecimal(UInt64(flow.protocolNumber), to: &bytes)
    case .startTime: Timestamp.append(flow.start, to: &bytes)
    case .endTime: Timestamp.append(flow.end, to: &bytes)
    case .capture: bytes.append(contentsOf: capture.utf8)
    }
  }

  /// `SOURCE-DESTINATION-SOURCEPORT-DESTINATIONPORT-PROTOCOL-START`, the start in nanoseconds
  /// since 1970: the same for the same packets, however they are stored or divided into files.
  /// Where VLANs are part of the key and there are any, `-OUTER` or `-OUTER.INNER` follows.
  private func appendFlowID(to bytes: inout [UInt8]) {
    let dash = UInt8(ascii: "-")
    bytes.append(contentsOf: source)
    bytes.append(dash)
    bytes.append(contentsOf: destination)
    bytes.append(dash)
    appendDecimal(UInt64(flow.sourcePort), to: &bytes)
    bytes.append(dash)
    appendDecimal(UInt64(flow.destinationPort), to: &bytes)
    bytes.append(dash)
    appendDecimal(UInt64(flow.protocolNumber), to: &bytes)
    bytes.append(dash)
    NumberWriter.append(flow.start, to: &bytes)
    guard flow.vlan.outer > 0 else { return }
    bytes.append(dash)
    appendDecimal(UInt64(flow.vlan.outer), to: &bytes)
    guard flow.vlan.inner > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    appendDecimal(UInt64(flow.vlan.inner), to: &bytes)
  }
}
