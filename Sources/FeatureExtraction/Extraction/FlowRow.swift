import FeatureTables

/// One flow as it goes into a table.
public struct FlowRow: Sendable {
  /// Who talked to whom, by what, and when.
  public let flow: FlowIdentity
  /// The file of the first packet, as it was named.
  public let capture: String
  /// The position of `capture` among the inputs of the account.
  public let captureIndex: Int
  /// Why the flow ended.
  public let endReason: EndReason
  /// One value for each feature of the schema, in its order.
  public let values: [Double]
  /// Nil where no rule matched and there is no default.
  public let label: String?
  /// The rule that gave the label, as an index into the rules of the account.
  public let rule: Int?
  let community: CommunityID

  /// The text of an identity column.
  public func text(_ column: IdentityColumn) -> String {
    var bytes: [UInt8] = []
    FlowIdentityText(flow, capture: capture, community: community).append(column, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
