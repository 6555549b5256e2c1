import FeatureTables

extension TrainingFacts {
  func write(to writer: inout JSONWriter) {
    writer.member("learner", .string(learner))
    writer.member("hyperparameters", .sortedObject(hyperparameters))
    writer.member("seed", unsigned: seed)
    writer.member("rows", integer: rows)
    writer.member("class_counts", counts: classCounts)
    writer.member("split", .string(split))
    writer.member("input_digests", texts: inputDigests)
    writer.member("tool_version", .string(toolVersion))
    writer.member("excluded_columns", array: excluded) { $0.value($1.description) }
    writer.member("row_account", object: account.write)
    writer.member("row_fingerprints", object: rowFingerprints.write)
    writer.member("connection_fingerprints", object: connectionFingerprints.write)
    writer.member("profiles", array: profiles) { writer, profile in writer.object(profile.write) }
  }
}

extension ExcludedColumn {
  fileprivate var description: JSONValue {
    [
      "name": .string(name), "reason": .string(reason.rawValue),
      "explanation": .string(explanation),
    ]
  }
}

extension RowAccount {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.member("read", integer: read)
    writer.member("used", integer: used)
    writer.member("dropped", tallies: dropped)
    let kinds = nonfinite.mapValues { counts in
      JSONValue.sortedObject(counts.mapValues { .number(Double($0)) })
    }
    writer.member("nonfinite", .sortedObject(kinds))
    writer.member("remarks", tallies: remarks)
  }
}

extension ModelReader {
  func training(
    _ element: JSONElement, encoding: FeatureEncoding, classCount: Int
  ) throws(DataError) -> TrainingFacts {
    let counts = try element.member("class_counts")
    let classCounts = try counts.counts()
    guard classCounts.count == classCount else {
      throw counts.failure("\(classCounts.count) counts for \(classCount) classes")
    }
    return TrainingFacts(
      learner: try element.member("learner").string(),
      hyperparameters: try hyperparameters(element.member("hyperparameters")),
      seed: try element.member("seed").unsigned(),
      rows: try element.member("rows").count(), classCounts: classCounts,
      split: try element.member("split").string(),
      inputDigests: try element.member("input_digests").texts(),
      toolVersion: try element.member("tool_version").string(),
      excluded: try excludedColumns(element.member("excluded_columns")),
      account: try rowAccount(element.member("row_account")),
      rowFingerprints: try fingerprints(element.member("row_fingerprints")),
      connectionFingerprints: try fingerprints(element.member("connection_fingerprints")),
      profiles: try profiles(
        element.member("profiles"), encoding: encoding, classCount: classCount))
  }

  private func hyperparameters(_ element: JSONElement) throws(DataError) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    for (name, value) in try element.members() { values[name] = try value.value() }
    return values
  }

  private func excludedColumns(_ element: JSONElement) throws(DataError) -> [ExcludedColumn] {
    var columns: [ExcludedColumn] = []
    for column in try element.elements() {
      columns.append(
        ExcludedColumn(
          name: try column.member("name").string(),
          reason: try column.member("reason").named(ExcludedColumn.Reason.self),
          explanation: try column.member("explanation").string()))
    }
    return columns
  }

  private func rowAccount(_ element: JSONElement) throws(DataError) -> RowAccount {
    var account = RowAccount()
    account.read = try element.member("read").count()
    account.used = try element.member("used").count()
    account.dropped = try element.member("dropped").tallies()
    for (column, kinds) in try element.member("nonfinite").members() {
      account.nonfinite[column] = try kinds.tallies()
    }
    account.remarks = try element.member("remarks").tallies()
    return account
  }
}
