import FeatureTables

/// Joins what several files gave into one table.
enum TableJoin {
  /// - Throws: `DataError` where the columns of two files are not the same.
  static func join(
    _ given: consuming [TablePart], options: TableReadingOptions, parallel: Parallel
  ) throws(DataError) -> LabeledTable {
    var parts = given
    for index in parts.indices.dropFirst() {
      try align(&parts[index], with: parts[0], options)
    }
    let labels = LabelAssembly.labels(parts)
    let identity = identity(parts)
    let rowNumbers = rowNumbers(parts)
    let schema = FeatureSchema(
      identifier: parts[0].schemaIdentifier, version: parts[0].schemaVersion,
      features: parts[0].features)
    let rowCount = parts.reduce(0) { $0 + $1.rowCount }
    let categories = mergeCategories(&parts, parallel)
    let columns = schema.features.indices.map { column in parts.map { $0.columns[column] } }
    for part in parts.indices { parts[part].columns = [] }
    let values = NumberColumn.columnMajor(consume columns, rowCount: rowCount, parallel: parallel)
    return LabeledTable(
      matrix: FeatureMatrix(
        schema: schema, rowCount: rowCount, values: values, categories: categories),
      labels: labels, identity: identity, rowNumbers: rowNumbers,
      account: parts.map(\.account).reduce(RowAccount(), +), excluded: excluded(parts),
      settings: parts.reversed().reduce(into: [:]) { $0.merge($1.settings) { $1 } },
      inputDigests: parts.reduce(into: [:]) { digests, part in
        // Empty where the file was not read to its end.
        if !part.digest.isEmpty { digests[part.path] = part.digest }
      })
  }

  // MARK: Columns

  /// Brings the columns of a file into the order of the first.
  private static func align(
    _ part: inout TablePart, with first: TablePart, _ options: TableReadingOptions
  ) throws(DataError) {
    if !options.allowsDifferentDefinitions {
      try refuseOtherDefinitions(part, first)
      try refuseOtherMetering(part, first)
    }
    guard part.features != first.features else { return }
    var order: [Int] = []
    for feature in first.features {
      if let index = part.features.firstIndex(of: feature) { order.append(index) }
    }
    guard order.count == first.features.count, part.features.count == order.count else {
      throw different(part, first)
    }
    part.features = first.features
    part.columns = order.map { part.columns[$0] }
    part.categories = order.map { part.categories[$0] }
  }

  /// Flows that were cut by other time-outs are other flows, whatever their columns are called.
  private static func refuseOtherMetering(
    _ part: TablePart, _ first: TablePart
  ) throws(DataError) {
    for name in ["feature_set_version", "idle_timeout_seconds", "active_timeout_seconds"] {
      guard let own = first.settings[name], let other = part.settings[name], own != other else {
        continue
      }
      throw DataError(
        file: part.path,
        problem: "was made with \(name) \(other), but \(first.path) with \(own)",
        remedy: "extract both with the same settings")
    }
  }

  private static func different(_ part: TablePart, _ first: TablePart) -> DataError {
    func words(_ features: [Feature]) -> String {
      let names = features.prefix(10).map {
        "\($0.name) (\($0.unit.rawValue), \($0.kind.rawValue))"
      }
      return names.isEmpty
        ? "none"
        : names.joined(separator: ", ")
          + (features.count > 10 ? ", and \(features.count - 10) more" : "")
    }
    let own = part.features.filter { !first.features.contains($0) }
    let lacking = first.features.filter { !part.features.contains($0) }
    return DataError(
      file: part.path,
      problem: "has other columns than \(first.path): only here \(words(own)); only there "
        + "\(words(lacking))",
      remedy: "give tables of one form (\(part.schemaIdentifier) is not \(first.schemaIdentifier))")
  }

  private static func refuseOtherDefinitions(
    _ part: TablePart, _ first: TablePart
  ) throws(DataError) {
    guard !Definitions.areOfOneProgram(part.schemaIdentifier, first.schemaIdentifier) else {
      return
    }
    let unlike = part.features.map(\.name).filter { name in
      part.comparability[name] != first.comparability[name]
        || (part.comparability[name] ?? .same) != .same
    }
    guard !unlike.isEmpty, Set(part.features) == Set(first.features) else { return }
    throw DataError(
      file: part.path,
      problem: "is \(part.schemaIdentifier) and \(first.path) is \(first.schemaIdentifier), which "
        + "define these columns differently: \(unlike.prefix(10).joined(separator: ", "))",
      remedy: "give tables of one form, or join them all the same with "
        + "--allow-different-definitions")
  }

  /// The names of categorical columns over all files, with the codes of each file changed to them.
  private static func mergeCategories(
    _ parts: inout [TablePart], _ parallel: Parallel
  ) -> [[String]] {
    guard parts.count > 1 else { return parts[0].categories }
    return parts[0].features.indices.map { column in
      let names = Set(parts.flatMap { $0.categories[column] }).sorted()
      var position: [String: Double] = [:]
      for (index, name) in names.enumerated() { position[name] = Double(index) }
      for part in parts.indices where parts[part].categories[column] != names {
        let newCodes = parts[part].categories[column].map { position[$0] ?? .nan }
        parts[part].columns[column].replace(parallel) { codes in
          codes.map { $0.isNaN ? .nan : newCodes[Int($0)] }
        }
      }
      return names
    }
  }

  private static func excluded(_ parts: [TablePart]) -> [ExcludedColumn] {
    var seen: Set<ExcludedColumn> = []
    return parts.flatMap(\.excluded).filter { seen.insert($0).inserted }
  }

  // MARK: Rows

  private static func rowNumbers(_ parts: [TablePart]) -> [Int] {
    var numbers: [Int] = []
    var before = 0
    for part in parts {
      numbers.append(contentsOf: part.rowNumbers.lazy.map { $0 + before })
      before += part.account.read
    }
    return numbers
  }

  /// Parts of the identity that every file has.
  private static func identity(_ parts: [TablePart]) -> RowIdentity {
    guard parts.count > 1 else { return parts[0].identity }
    var joined = RowIdentity(sources: parts.map(\.path))
    for (index, part) in parts.enumerated() {
      joined.sourceIndices.append(
        contentsOf: repeatElement(Int32(index), count: part.rowCount))
    }
    let filled = parts.filter { $0.rowCount > 0 }
    if filled.allSatisfy({ !$0.identity.connections.isEmpty }) {
      joined.connections = filled.flatMap(\.identity.connections)
    }
    if filled.allSatisfy({ !$0.identity.startTimes.isEmpty }) {
      joined.startTimes = filled.flatMap(\.identity.startTimes)
    }
    for column in filled.first?.identity.columns ?? [] {
      let all = filled.compactMap { $0.identity.column(column.name) }
      guard all.count == filled.count else { continue }
      var merged = TextColumn(name: column.name)
      for text in all {
        for row in 0..<text.count { merged.append(utf8: text.utf8(row)) }
      }
      joined.columns.append(merged)
    }
    return joined
  }
}
