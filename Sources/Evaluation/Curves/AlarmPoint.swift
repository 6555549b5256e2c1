/// What raising an alarm from one score on does: the rates that follow, and what of the traffic
/// need not be passed on.
public struct AlarmPoint: Sendable, Equatable, Codable {
  /// Rows that score at least this raise an alarm; nil where no single score decides.
  public let threshold: Double?
  /// The share of the malicious rows that raise an alarm; 0 without such rows.
  public let recall: Double
  /// The share of alarms that are right; 0 without alarms.
  public let precision: Double
  /// The harmonic mean of precision and recall.
  public let f1: Double
  /// The share of the benign rows that raise an alarm; nil without such rows.
  public let falsePositiveRate: Double?
  /// The share of flows without an alarm.
  public let flowsDropped: Double
  /// The share of all packets that are in flows without an alarm; nil where they are not known.
  public let packetsDropped: Double?
  /// The share of all bytes that are in flows without an alarm; nil where they are not known.
  public let bytesDropped: Double?

  /// The share of the malicious rows that raise no alarm.
  public var missRate: Double { 1 - recall }

  private enum CodingKeys: String, CodingKey {
    case threshold, recall, precision, f1
    case falsePositiveRate = "false_positive_rate"
    case flowsDropped = "flows_dropped"
    case packetsDropped = "packets_dropped"
    case bytesDropped = "bytes_dropped"
  }

  init(
    threshold: Double?, _ counts: BinaryCounts, packetsPassed: Double?, bytesPassed: Double?
  ) {
    self.threshold = threshold
    recall = counts.recall
    precision = counts.precision
    f1 = counts.f1
    falsePositiveRate = counts.falsePositiveRate
    flowsDropped = counts.dataReduction ?? 0
    packetsDropped = packetsPassed.map { 1 - $0 }
    bytesDropped = bytesPassed.map { 1 - $0 }
  }
}
