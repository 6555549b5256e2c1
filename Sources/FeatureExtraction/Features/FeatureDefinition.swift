import FeatureTables

/// One feature of a set: everything that is said about it, and its value for a flow.
package struct FeatureDefinition<Flow>: Sendable {
  package let feature: Feature
  /// The column name of the original tool.
  package let publishedName: String
  /// What it measures, edge cases included, in a sentence or two.
  package let meaning: String
  /// The same as a formula, in the letters of the reference page.
  package let formula: String
  /// What the original does wrong here and whether this set repeats or mends it; empty where there
  /// is nothing to say.
  package let defect: String
  /// Its value for one flow.
  let value: @Sendable (Flow) -> Double
  /// Its values for some flows, into every `stride`-th place of an array from `first` on.
  let column:
    @Sendable (_ flows: [Flow], _ values: inout [Double], _ first: Int, _ stride: Int) -> Void

  @inline(__always)
  init(
    _ name: String, _ publishedName: String, in unit: Unit, kind: FeatureKind = .numeric,
    _ meaning: String, formula: String, defect: String = "",
    value: @escaping @Sendable (Flow) -> Double
  ) {
    feature = Feature(name, in: unit, kind: kind)
    self.publishedName = publishedName
    self.meaning = meaning
    self.formula = formula
    self.defect = defect
    self.value = value
    column = { flows, values, first, stride in
      var position = first
      for flow in flows {
        values[position] = value(flow)
        position &+= stride
      }
    }
  }

  /// The same under the name that another original gave it, with what went wrong there.
  func published(as name: String, defect: String? = nil) -> FeatureDefinition {
    FeatureDefinition(
      feature.name, name, in: feature.unit, kind: feature.kind, meaning, formula: formula,
      defect: defect ?? self.defect, value: value)
  }
}
