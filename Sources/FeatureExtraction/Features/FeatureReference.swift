import FeatureTables

/// The reference page of the feature sets, made of their definitions.
public enum FeatureReference {
  /// All sets as Markdown: what each is for, and a table of its features.
  public static func markdown() -> String {
    ([introduction] + FeatureSets.all.map { section($0) }).joined(separator: "\n")
  }

  private static let introduction = """
    # Feature sets

    `--features SET` chooses what is computed of a flow. A name means one thing inside one set only: \
    a model states its set and version, and refuses rows of another. `--names published` writes the \
    column names of the original tools.

    Letters in formulas: *n* packets, *f* forward and *b* backward; *t* the time of a packet, *c* the \
    clock of the flow, which never runs back; *g* a gap between consecutive packets (of a direction \
    where one is named); *s* the size of a frame, *p* payload, *h* transport header, all in bytes; *w* \
    the window field of TCP; *D* the duration in seconds; *a* and *i* active and idle periods; div \
    divides to a whole number.

    Defects are those of the original tools: *kept* ones are repeated, *mended* ones are not. \
    CICFlowMeter is named by year: 2018 is its release of February 2018 (version 3), 2020 the state \
    of February 2020, 2021 version 4; 2022 and 2024 are states of the corrected fork.

    """

  private static func section<FeatureSet: FlowFeatureSet>(_ set: FeatureSet.Type) -> String {
    let count = set.definitions.count
    let rows = set.definitions.enumerated().map { index, definition in
      let feature = definition.feature
      return row([
        String(index + 1), "`\(feature.name)`", definition.publishedName,
        feature.kind == .categorical ? "categorical" : feature.unit.rawValue, definition.meaning,
        definition.formula, definition.defect,
      ])
    }
    let head = [
      row(["#", "name", "published name", "unit", "definition", "formula", "defects"]),
      row(Array(repeating: "---", count: 7)),
    ]
    return """
      ## `\(set.identifier)`, version \(set.version): \(count) features

      \(set.summary)

      \((head + rows).joined(separator: "\n"))

      """
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }
}
