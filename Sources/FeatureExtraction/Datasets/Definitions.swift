import FeatureTables

/// Whether columns of one name mean the same in two forms.
public enum Definitions {
  /// The features that a model was trained on and that mean something else in a table of another
  /// form, with how they compare; empty where the table can be fed to the model.
  ///
  /// Only names that both have are compared. A form that `aliases.tsv` does not know is like no
  /// other.
  public static func differences(
    trained: FeatureSchema, offered: FeatureSchema
  ) -> [(feature: String, comparability: Comparability)] {
    guard !areOfOneProgram(trained.identifier, offered.identifier) else { return [] }
    return trained.features.map(\.name).compactMap { name in
      guard offered.index(of: name) != nil else { return nil }
      let own = comparability(of: name, identifier: trained.identifier)
      let other = comparability(of: name, identifier: offered.identifier)
      if own == .same, other == .same { return nil }
      return (name, own == .same ? other : own)
    }
  }

  /// The feature set that computes of captures what stands in tables of a form; nil where none does.
  public static func featureSet(ofForm form: String) -> String? {
    let program = FormCatalog.shared.form(form)?.definitions
    return FeatureSets.names.first { $0 == program }
  }

  /// Whether two forms come from the same extraction, so that equal names are equal quantities.
  static func areOfOneProgram(_ first: String, _ second: String) -> Bool {
    func program(_ identifier: String) -> String {
      FormCatalog.shared.form(identifier)?.definitions ?? identifier
    }
    return program(first) == program(second)
  }

  private static func comparability(of name: String, identifier: String) -> Comparability {
    let form = FormCatalog.shared.form(identifier)?.aliases ?? standIn[identifier] ?? identifier
    return AliasTable.shared.comparability(of: name, form: form) ?? .differs
  }

  /// Forms in the alias table that our own feature sets reproduce.
  private static let standIn = [
    "cic2017-compat": "cic2017-85", "cic2022-compat": "cic-corrected-91",
    "flowmeter": "flowmeter-39",
  ]
}
