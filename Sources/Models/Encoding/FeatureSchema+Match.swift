import FeatureTables

/// The columns of a table that a model takes, found by name.
struct ColumnMatch: Equatable {
  /// For each feature of the model, in its order, the column of the table.
  let columns: [Int]
  /// Columns of the table that the model does not know.
  let extraCount: Int
}

extension FeatureSchema {
  /// Finds the features of this schema, which is the model's, among those of a table. The order
  /// does not matter and columns too many are passed over; names, units and kinds must agree.
  /// - Parameter allowingDifferentDefinitions: whether the table may come from another feature
  ///   set, or another version of it, whose columns have the same names and units.
  /// - Throws: `DataError` that names what is missing, what differs and what is extra.
  func match(
    _ table: FeatureSchema, file: String, allowingDifferentDefinitions: Bool
  ) throws(DataError) -> ColumnMatch {
    let position = Dictionary(
      table.features.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var columns: [Int] = []
    var (missing, differing) = ([String](), [String]())
    for feature in features {
      guard let column = position[feature.name] else {
        missing.append(feature.name)
        continue
      }
      columns.append(column)
      if let difference = feature.difference(from: table.features[column]) {
        differing.append(difference)
      }
    }
    let extra = extraNames(of: table)
    guard missing.isEmpty, differing.isEmpty else {
      throw mismatch(missing: missing, differing: differing, extra: extra, file: file)
    }
    if !allowingDifferentDefinitions,
      (identifier, version) != (table.identifier, table.version)
    {
      throw differentDefinitions(table, file: file)
    }
    return ColumnMatch(columns: columns, extraCount: extra.count)
  }

  private func extraNames(of table: FeatureSchema) -> [String] {
    let known = Set(features.map(\.name))
    return table.features.map(\.name).filter { !known.contains($0) }
  }

  private func mismatch(
    missing: [String], differing: [String], extra: [String], file: String
  ) -> DataError {
    var parts: [String] = []
    if !missing.isEmpty { parts.append("missing: \(listed(missing))") }
    if !differing.isEmpty { parts.append("differing: \(listed(differing))") }
    if !extra.isEmpty { parts.append("extra: \(listed(extra))") }
    return DataError(
      file: file,
      problem: "the columns are not those of the model; " + parts.joined(separator: "; "),
      remedy: "the model takes the features of '\(identifier)', version \(version): extract or "
        + "export those, or train a model on tables of this form")
  }

  private func differentDefinitions(_ table: FeatureSchema, file: String) -> DataError {
    DataError(
      file: file,
      problem: "the columns are those of '\(table.identifier)', version \(table.version), and the "
        + "model was trained on '\(identifier)', version \(version): the same names may be "
        + "computed in another way",
      remedy: "pass --allow-different-definitions if you know that they mean the same")
  }
}

extension Feature {
  /// What keeps two features of one name apart, in words; nil where nothing does.
  fileprivate func difference(from other: Feature) -> String? {
    if unit != other.unit { return "\(name) (in \(other.unit.rawValue), not \(unit.rawValue))" }
    if kind != other.kind { return "\(name) (\(other.kind.rawValue), not \(kind.rawValue))" }
    return nil
  }
}

/// The first eight names, and how many more there are.
private func listed(_ names: [String]) -> String {
  let shown = names.prefix(8).joined(separator: ", ")
  return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
}
