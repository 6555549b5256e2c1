/// What is known about a public data set: what it holds, where its owner publishes it, how it was
/// labeled, what is wrong with it and how to split it. The data itself is fetched by the user.
public struct DatasetDescriptor: Codable, Sendable, Equatable {
  /// How a statement is known.
  public enum Evidence: String, Codable, Sendable {
    /// Counted in real files.
    case counted
    /// Read in a public source, not counted again.
    case reported
    /// Common knowledge of the field, neither counted nor read: check before you rely on it.
    case unchecked
  }

  /// The name on the command line, in lower case: `cic-ids2017`.
  public let name: String
  /// The name in print: `CIC-IDS2017`.
  public let title: String
  /// One or two sentences: what traffic, how much of it, metered by what.
  public let summary: String
  public let owner: String
  /// Where the owner publishes it; nil for the bundled set.
  public let page: String?
  public let citations: [String]
  public let terms: String
  /// How to get it from its owner.
  public let obtain: String
  /// The identifiers of the forms of file that it comes in.
  public let forms: [String]
  /// Data rows of the whole set, without header lines; nil where not known.
  public let rows: Int?
  /// First and last day, or year, of the traffic; nil where not known.
  public let captured: [String]?
  public let classes: [DatasetClass]
  public let files: [DatasetFile]
  /// How the labels were made and how to read them.
  public let labeling: String
  /// Nil where the set has no times.
  public let time: DatasetTimes?
  /// What to do about values that are not finite.
  public let nonfinite: String
  public let leaks: [Leak]
  public let faults: [Fault]
  public let split: SplitAdvice
}

/// A class of a data set.
public struct DatasetClass: Codable, Sendable, Equatable {
  public enum Verdict: String, Codable, Sendable {
    case benign
    case malicious
    /// Neither: left out of training with two classes.
    case unknown
  }

  /// As the files spell it.
  public let label: String
  public let verdict: Verdict
  /// Rows of the whole set; nil where not known.
  public let rows: Int?
  /// How `rows` is known.
  public let evidence: DatasetDescriptor.Evidence?
  /// ATT&CK techniques that the name suggests; not a claim that they were observed.
  public let techniques: [String]?
}

/// A file, or several alike, of a data set.
public struct DatasetFile: Codable, Sendable, Equatable {
  /// The name without folder; `*` stands for any characters.
  public let pattern: String
  /// How many files match; nil for one.
  public let count: Int?
  /// The identifier of the form; nil for archives and captures.
  public let form: String?
  /// Whether the first line is data already; nil for no.
  public let headless: Bool?
  /// Data rows of all files that match, without header, empty and comma-only lines.
  public let rows: Int?
  public let bytes: UInt64?
  /// SHA-256 in hexadecimal, or its first digits where only those are known.
  public let sha256: String?
  /// Days of the traffic, ISO 8601.
  public let days: [String]?
  /// Rows by label, as the file spells it.
  public let classes: [String: Int]?
  public let note: String?
  public let evidence: DatasetDescriptor.Evidence
}

/// How to make UTC out of the times of a data set.
public struct DatasetTimes: Codable, Sendable, Equatable {
  public let format: String
  public let zone: String
  public let rule: String
  public let evidence: DatasetDescriptor.Evidence
}

/// A column, or several, that give the label away.
public struct Leak: Codable, Sendable, Equatable {
  public let column: String
  public let why: String
}

/// Something wrong with a data set, who found it and what it means for its users.
public struct Fault: Codable, Sendable, Equatable {
  public let fault: String
  public let source: String
  public let consequence: String
  public let evidence: DatasetDescriptor.Evidence
}

/// How to divide a data set honestly.
public struct SplitAdvice: Codable, Sendable, Equatable {
  public let groupBy: String
  public let recommended: String
  public let avoid: String

  private enum CodingKeys: String, CodingKey {
    case groupBy = "group_by"
    case recommended, avoid
  }
}
