import FeatureTables

/// The set `flowmeter2`: our own, from headers alone.
///
/// Lengths are those of IP packets, so that neither link layer nor padding tells. Time is in whole
/// microseconds. Every feature is bounded and defined for one packet; none is ever NaN or infinite.
/// `Notebooks-free-docs/flowmeter2.md` says what each family gained on attacks and networks that
/// training had not seen, and which candidates gained nothing and are left out.
package enum FlowMeter2Features: FlowFeatureSet {
  package typealias Assembly = SymmetricAssembly
  package typealias Accumulators = FlowMeter2Accumulators
  typealias Definition = FeatureDefinition<Measured>

  package static let identifier = "flowmeter2"
  package static let version = 1
  package static let rules = FlowMeterFeatures.rules
  package static let joinsFragments = true
  package static let summary = """
    Our own set, from headers alone: what FlowMeter and CICFlowMeter measure without duplicates and \
    constants, and what gained on attacks and networks that training had not seen. Lengths are \
    those of IP packets, whatever the link layer and its padding. Time is in whole microseconds on \
    the clock of the flow, which never runs back; no gap counts for more than 120 s. Flows end as \
    those of the set flowmeter; later fragments join the flow of their first. Every value is \
    finite and defined for a single packet.
    """

  package static let definitions: [FeatureDefinition<Measured>] = joined(
    base, lengths, gaps, flags, firstPayloads, windows)

  /// A feature of the flow. It has no other name in any tool.
  static func define(
    _ name: String, in unit: Unit, _ meaning: String, formula: String,
    value: @escaping @Sendable (borrowing FlowMeter2Accumulators) -> Double
  ) -> Definition {
    Definition(name, name, in: unit, meaning, formula: formula) { value($0.accumulators) }
  }

  /// The same feature for forward and for backward packets.
  /// - Parameters:
  ///   - meaning: with "{way}" where "forward" or "backward" is to stand.
  ///   - formula: the same, and with "{count}" for the letter of its packet count.
  ///   - value: takes the direction, 0 or 1.
  static func eachWay(
    _ name: String, in unit: Unit, _ meaning: String, formula: String,
    value: @escaping @Sendable (borrowing FlowMeter2Accumulators, Int) -> Double
  ) -> [Definition] {
    [("forward", "f"), ("backward", "b")].enumerated().map { direction, way in
      func filled(_ text: String) -> String {
        text.replacing("{way}", with: way.0).replacing("{count}", with: way.1)
      }
      return define("\(way.0)_\(name)", in: unit, filled(meaning), formula: filled(formula)) {
        value($0, direction)
      }
    }
  }

  /// All features of some families, in order.
  static func joined(_ parts: [Definition]...) -> [Definition] { Array(parts.joined()) }

  /// A part of a whole; 0 where there is nothing.
  static func share<Count: BinaryInteger>(_ part: Count, of whole: Count) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  /// The population deviation of whole numbers; 0 for none. Exact until the root, as n Σx² stays
  /// below 2^128 for up to 2^32 lengths or gaps.
  static func deviation(count: UInt32, sum: UInt64, squares: UInt128) -> Double {
    guard count > 1 else { return 0 }
    let numerator = UInt128(count) &* squares &- UInt128(sum) &* UInt128(sum)
    return Double(numerator).squareRoot() / Double(count)
  }
}
