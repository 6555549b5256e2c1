import FeatureTables

/// A named, versioned set of features: a type, so that the packet loop is compiled for what the
/// set accumulates. A model states identifier and version, and takes no other.
package protocol FlowFeatureSet: Sendable {
  associatedtype Assembly: FlowAssembly
  associatedtype Accumulators: FlowAccumulators
  typealias Flow = FlowState<Assembly, Accumulators>
  typealias Measured = MeasuredFlow<Assembly, Accumulators>

  static var identifier: String { get }
  /// Counts up with every change of a definition.
  static var version: Int { get }
  /// What the set is for and how its flows and lengths are made: a paragraph of the reference page.
  static var summary: String { get }
  /// Time-outs where the user does not say otherwise.
  static var rules: FlowRules { get }
  /// Whether fragments after the first join its flow where the user does not say otherwise.
  static var joinsFragments: Bool { get }
  /// Flows of fewer packets give no row.
  static var minimumPackets: Int { get }
  /// The packet as the set sees it, or false where it is none for the set.
  static func admit(_ packet: inout PacketHeader, options: borrowing ExtractionOptions) -> Bool
  /// The features in the order of the table.
  static var definitions: [FeatureDefinition<Measured>] { get }

  /// Reads captures and hands on flows as they end, compiled for this set. What is handed on is
  /// computed by whoever calls it.
  /// - Returns: the account of the packets; that of the flows is for the caller.
  static func meter(
    _ captures: [String], options: ExtractionOptions, labeler: FlowLabeler, threads: Int,
    progress: (Int) -> Void,
    into sink: (@escaping PendingBatch) throws(DataError) -> Void
  ) throws(DataError) -> ExtractionAccount
}

extension FlowFeatureSet {
  package static var minimumPackets: Int { 1 }
  package static var joinsFragments: Bool { false }

  @inline(__always)
  package static func admit(
    _ packet: inout PacketHeader, options: borrowing ExtractionOptions
  ) -> Bool { true }

  package static var schema: FeatureSchema {
    FeatureSchema(
      identifier: identifier, version: version, features: definitions.map(\.feature))
  }
}
