/// What labels joined from logs came to. `alerts` are the rows that may give a label, whatever the
/// log calls them: `read` is the sum of `withoutLabel`, `withoutFlow`, `matched` and `unmatched`.
public struct LogAccount: Codable, Sendable, Equatable {
  /// One log.
  public struct File: Codable, Sendable, Equatable {
    /// As it was named.
    public let file: String
    /// What it is, such as `suricata eve` or `zeek notice`.
    public let form: String
    /// The field that gives the label; nil for a `conn.log` that only says which connection
    /// another log's row belongs to.
    public let labelField: String?
    /// Of the file as stored.
    public internal(set) var sha256 = ""

    init(file: String, form: String, labelField: String?) {
      (self.file, self.form, self.labelField) = (file, form, labelField)
    }

    enum CodingKeys: String, CodingKey {
      case file, form, sha256
      case labelField = "label_field"
    }
  }

  /// One class.
  public struct Label: Codable, Sendable, Equatable {
    /// The class.
    public let label: String
    /// Alerts that would give it.
    public internal(set) var alerts = 0
    /// Flows that have it.
    public internal(set) var flows = 0

    init(_ label: String) { self.label = label }
  }

  /// The logs, in the order in which they were named.
  public internal(set) var files: [File] = []
  /// Alerts in all logs.
  public internal(set) var read = 0
  /// Alerts whose label field is absent or empty.
  public internal(set) var withoutLabel = 0
  /// Alerts that name no flow: neither a Community ID nor addresses, ports and protocol, or no
  /// time.
  public internal(set) var withoutFlow = 0
  /// Alerts that were joined by addresses, ports and protocol, as they have no Community ID.
  public internal(set) var withoutCommunityID = 0
  /// Alerts that fit at least one flow.
  public internal(set) var matched = 0
  /// Alerts that fit no flow.
  public internal(set) var unmatched = 0
  /// Flows with at least one alert.
  public internal(set) var flows = 0
  /// The classes, sorted.
  public internal(set) var labels: [Label] = []

  enum CodingKeys: String, CodingKey {
    case files, read, matched, unmatched, flows, labels
    case withoutLabel = "without_label"
    case withoutFlow = "without_flow"
    case withoutCommunityID = "without_community_id"
  }
}

/// What labeling by logs did to some flows.
struct LogCounts: Sendable, Equatable {
  /// The alerts that fit a flow.
  var matched: Set<Int32> = []
  /// Flows by label.
  var flows: [Int]

  static func += (left: inout LogCounts, right: LogCounts) {
    left.matched.formUnion(right.matched)
    for index in left.flows.indices { left.flows[index] += right.flows[index] }
  }
}
