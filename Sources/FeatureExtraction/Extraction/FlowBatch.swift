import FeatureTables

/// Some flows that ended one after the other, with their features and labels: rows of a table.
public struct FlowBatch: Sendable {
  /// Features of a row.
  public let featureCount: Int
  /// Who talked to whom, by what, and when, of each row.
  public internal(set) var flows: [FlowIdentity] = []
  /// Row by row, the features of each in the order of the schema.
  public internal(set) var values: [Double] = []
  /// Why each flow ended.
  public internal(set) var endReasons: [EndReason] = []
  /// Of each row: nil where no rule matched and there is no default.
  public internal(set) var labels: [String?] = []
  /// Of each row: the rule that gave the label, as an index into the rules of the account.
  public internal(set) var rules: [Int?] = []
  /// Of each row: the position of its capture among the inputs of the account.
  public internal(set) var captureIndices: [Int] = []
  /// The captures so far, as they were named.
  public let captureNames: [String]
  /// Flows that gave no row because they have too few packets for the feature set.
  let dropped: Int
  /// What labeling did to these flows.
  var labelCounts: LabelCounts
  let community: CommunityID

  init(
    featureCount: Int, captureNames: [String], dropped: Int, labelCounts: LabelCounts,
    community: CommunityID
  ) {
    self.featureCount = featureCount
    self.captureNames = captureNames
    self.dropped = dropped
    self.labelCounts = labelCounts
    self.community = community
  }

  /// Rows.
  public var count: Int { flows.count }

  /// The values of a row, in the order of the schema.
  public func values(ofRow row: Int) -> ArraySlice<Double> {
    values[row * featureCount..<(row + 1) * featureCount]
  }

  /// One row by itself.
  public subscript(row: Int) -> FlowRow {
    FlowRow(
      flow: flows[row], capture: captureNames[captureIndices[row]],
      captureIndex: captureIndices[row], endReason: endReasons[row],
      values: Array(values(ofRow: row)), label: labels[row], rule: rules[row],
      community: community)
  }

  /// The rows as lines of a flow table, every identity column first.
  package func rows(_ format: TableRowFormat) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * (256 + 8 * featureCount))
    for row in 0..<count {
      let identity = identity(ofRow: row)
      for column in IdentityColumn.allCases where column != .capture {
        identity.append(column, to: &bytes)
        bytes.append(UInt8(ascii: ","))
      }
      CellText.append(captureNames[captureIndices[row]], to: &bytes)
      let start = row * featureCount
      format.appendValues(
        values.span.extracting(start..<start + featureCount), label: labels[row], to: &bytes)
    }
    return bytes
  }

  /// The identity of a row as text.
  func identity(ofRow row: Int) -> FlowIdentityText {
    FlowIdentityText(
      flows[row], capture: captureNames[captureIndices[row]], community: community)
  }
}
