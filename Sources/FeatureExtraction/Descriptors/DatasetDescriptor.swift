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
  /// Who made it and publishes it.
  public let owner: String
  /// Where the owner publishes it; nil for the bundled set.
  public let page: String?
  /// The papers to cite: authors, title, place and year of each.
  public let citations: [String]
  /// The terms of use in short; those on the owner's page count.
  public let terms: String
  /// How to get it from its owner.
  public let obtain: String
  /// The identifiers of the forms of file that it comes in.
  public let forms: [String]
  /// Data rows of the whole set, without header lines; nil where not known.
  public let rows: Int?
  /// First and last day, or year, of the traffic; nil where not known.
  public let captured: [String]?
  /// The classes that its labels name.
  public let classes: [DatasetClass]
  /// The files that it comes in.
  public let files: [DatasetFile]
  /// How the labels were made and how to read them.
  public let labeling: String
  /// Nil where the set has no times.
  public let time: DatasetTimes?
  /// What to do about values that are not finite.
  public let nonfinite: String
  /// Columns that give the label away; empty where none is known.
  public let leaks: [Leak]
  /// What is wrong with it; empty where nothing is known.
  public let faults: [Fault]
  /// How to divide its rows honestly.
  public let split: SplitAdvice
}

/// A class of a data set.
public struct DatasetClass: Codable, Sendable, Equatable {
  /// On which side of benign and malicious a class stands.
  public enum Verdict: String, Codable, Sendable {
    /// Ordinary traffic.
    case benign
    /// An attack, or traffic of malware.
    case malicious
    /// Neither: left out of training with two classes.
    case unknown
  }

  /// As the files spell it.
  public let label: String
  /// On which side of benign and malicious it stands.
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
  /// The size of the file as published, in bytes; nil where not known.
  public let bytes: UInt64?
  /// SHA-256 in hexadecimal, or its first digits where only those are known.
  public let sha256: String?
  /// Days of the traffic, ISO 8601.
  public let days: [String]?
  /// Rows by label, as the file spells it.
  public let classes: [String: Int]?
  /// What else there is to say about the file, in words.
  public let note: String?
  /// How the numbers of this file are known.
  public let evidence: DatasetDescriptor.Evidence
}

/// How to make UTC out of the times of a data set.
public struct DatasetTimes: Codable, Sendable, Equatable {
  /// How times are printed in the files: `dd/MM/yyyy HH:mm:ss, day first`.
  public let format: String
  /// The zone in which they are printed, in words: `UTC-4 (Atlantic Standard Time)`.
  public let zone: String
  /// What to do to get UTC, in one or two sentences.
  public let rule: String
  /// How the zone and the rule are known.
  public let evidence: DatasetDescriptor.Evidence
}

/// A column, or several, that give the label away.
public struct Leak: Codable, Sendable, Equatable {
  /// The column, or several in one text: `Flow ID, addresses`.
  public let column: String
  /// How it gives the label away.
  public let why: String
}

/// Something wrong with a data set, who found it and what it means for its users.
public struct Fault: Codable, Sendable, Equatable {
  /// What is wrong, in a sentence.
  public let fault: String
  /// Who found it: a paper, a public report, a measurement of ours.
  public let source: String
  /// What a user should do about it, or bear in mind.
  public let consequence: String
  /// How it is known.
  public let evidence: DatasetDescriptor.Evidence
}

/// How to divide a data set honestly.
public struct SplitAdvice: Codable, Sendable, Equatable {
  /// What makes rows belong together on one side, in words: `connection`, `the day`.
  public let groupBy: String
  /// The division to use, in words.
  public let recommended: String
  /// The division that makes scores too good, in words.
  public let avoid: String

  private enum CodingKeys: String, CodingKey {
    case groupBy = "group_by"
    case recommended, avoid
  }
}
