/// What the numbers of a column measure. The raw value is the printed form, in files too.
public enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nothing to measure: codes of names, ports; or a unit that is not known.
  case none
  /// How many of something other than packets and bytes: flags, events.
  case count
  /// A quotient of two values of one unit.
  case ratio
  case number
  case packets
  case packetsSquared
  case bytes
  case bytesSquared
  case nanoseconds
  case microseconds
  case milliseconds
  case seconds
  case packetsPerSecond
  case bytesPerSecond
  case bitsPerSecond
  case hops
}

/// How the values of a column are to be understood.
public enum FeatureKind: String, Hashable, Sendable, Codable {
  /// Numbers that can be ordered and added.
  case numeric
  /// Codes of names that have no order: a protocol, a state. A model encodes them itself.
  case categorical
}

/// One column of a feature matrix. Features are equal only if name, unit and kind agree, so that
/// a table in milliseconds is never taken for one in microseconds.
public struct Feature: Hashable, Sendable, Codable {
  /// The standard term in snake_case, as it stands in files: `forward_packet_length_mean`.
  public let name: String
  /// What the values measure. A column with the same name in another unit is another feature.
  public let unit: Unit
  /// Whether values are numbers to compute with or codes of names.
  public let kind: FeatureKind

  /// - Parameter name: in snake_case, as it stands in files.
  public init(_ name: String, in unit: Unit, kind: FeatureKind = .numeric) {
    self.name = name
    self.unit = unit
    self.kind = kind
  }
}

/// The ordered features of a table or a model, with the set that defines them.
public struct FeatureSchema: Hashable, Sendable, Codable {
  /// The feature set, or the form of the file: `flowmeter`, `cic-corrected-91`.
  public let identifier: String
  /// The version of the definitions behind `identifier`.
  public let version: Int
  /// In the order of the columns.
  public let features: [Feature]

  /// - Parameters:
  ///   - identifier: the feature set, or the form of the file.
  ///   - version: of the definitions behind `identifier`.
  ///   - features: in the order of the columns.
  public init(identifier: String, version: Int, features: [Feature]) {
    self.identifier = identifier
    self.version = version
    self.features = features
  }

  /// The position of the feature called `name`, or nil. O(features).
  public func index(of name: String) -> Int? {
    features.firstIndex { $0.name == name }
  }
}
