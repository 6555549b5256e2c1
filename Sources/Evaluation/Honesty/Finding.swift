/// Something that makes a score doubtful, or that a reader of it should know.
public struct Finding: Sendable, Equatable, Codable {
  /// What a finding means for the score, the lightest first.
  public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    /// Good to know.
    case info
    /// The score may be too good.
    case warning
    /// The score should not be relied on.
    case error

    /// By weight: `info` is less than `warning`, and `warning` less than `error`.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .info: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// Which of the checks found something.
  public let kind: FindingKind
  /// What it means for the score.
  public let severity: Severity
  /// One or two sentences for a person: what was found, what it means, what to do.
  public let message: String
  /// The numbers and names behind the message.
  public let evidence: [String: Evidence]

  /// - Parameters:
  ///   - message: one or two sentences for a person.
  ///   - evidence: the numbers and names behind the message, by name.
  public init(
    _ kind: FindingKind, _ severity: Severity, _ message: String, evidence: [String: Evidence]
  ) {
    self.kind = kind
    self.severity = severity
    self.message = message
    self.evidence = evidence
  }
}

/// What was found. The raw value is the name in files.
public enum FindingKind: String, Sendable, Codable, CaseIterable {
  /// An address, a port, a flow identifier or a row number is a feature.
  case identifierFeature = "identifier_feature"
  /// A time of day is a feature.
  case timestampFeature = "timestamp_feature"
  /// A column that says the class, or how it was found, is a feature.
  case leakFeature = "leak_feature"
  /// One feature alone tells the classes apart.
  case perfectFeature = "perfect_feature"
  /// One feature alone does about as well as the model.
  case singleFeature = "single_feature"
  /// Test rows equal training rows.
  case duplicateRows = "duplicate_rows"
  /// Rows of one connection are in training and test.
  case connectionAcrossSplit = "connection_across_split"
  /// Training rows are later than test rows.
  case trainingAfterTest = "training_after_test"
  /// A class has test rows but no training rows.
  case classNotTrained = "class_not_trained"
  /// A class has training rows but no test rows.
  case classNotTested = "class_not_tested"
  /// A value that all rows of a class have, and hardly any other row.
  case constantWithinClass = "constant_within_class"
  /// Equal feature vectors with different labels.
  case labelConflict = "label_conflict"
  /// A class comes from captures of its own.
  case classFromOneCapture = "class_from_one_capture"
  /// Rows were split at random although their connections are known.
  case randomSplit = "random_split"
  /// Test rows that are all but equal to training rows.
  case nearDuplicateRows = "near_duplicate_rows"
  /// How a number is rounded or stored tells the class, and not its value.
  case roundingTellsClass = "rounding_tells_class"
  /// Features have moved far from the training rows.
  case driftedFeature = "drifted_feature"
  /// The classes have other shares than among the training rows.
  case classBalance = "class_balance"
}

/// A JSON value in the evidence of a finding.
public enum Evidence: Sendable, Equatable {
  /// A JSON string.
  case text(String)
  /// A JSON number.
  case number(Double)
  /// `true` or `false`.
  case flag(Bool)
  case list([Evidence])
  case object([String: Evidence])

  /// A count; beyond 2^53 it is rounded to a Double.
  public static func count(_ count: Int) -> Evidence { .number(Double(count)) }

  /// A list of texts, in order.
  public static func texts(_ texts: some Sequence<String>) -> Evidence {
    .list(texts.map { .text($0) })
  }
}

extension Evidence: Codable {
  /// Reads any JSON value but `null`.
  /// - Throws: `DecodingError` for `null`, also within a list or an object.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([Evidence].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: Evidence].self))
    }
  }

  /// A number that JSON cannot hold is written as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number) where number.isFinite: try container.encode(number)
    case .number(let number): try container.encode("\(number)")
    case .flag(let flag): try container.encode(flag)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }
}
