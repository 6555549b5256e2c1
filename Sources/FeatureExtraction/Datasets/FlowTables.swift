import FeatureTables

/// Tables of flows in all known forms: published data sets, flow logs, other extractors, our own.
public enum FlowTables {
  /// A table and, for each of its files, what was found out about it.
  public struct Loaded: Sendable {
    /// The rows of all files, in the order of the files.
    public let table: LabeledTable
    /// One a file, in the order of the files.
    public let descriptions: [TableDescription]
  }

  /// Reads files of one form into one table.
  ///
  /// The form is found from the header or the content, columns are matched by name. Rows without
  /// a label are dropped and counted unless `options.keepsUnlabeledRows`.
  /// - Throws: `DataError` where a file is not there or cannot be read, where no label column is
  ///   found, where no row is left, and where files have different columns.
  public static func read(
    _ paths: [String], options: TableReadingOptions = TableReadingOptions(),
    parallel: Parallel = Parallel()
  ) throws(DataError) -> LabeledTable {
    try load(paths, options: options, parallel: parallel).table
  }

  /// Like `read`, with what there is to say about each file.
  /// - Throws: As `read`.
  public static func load(
    _ paths: [String], options: TableReadingOptions = TableReadingOptions(),
    parallel: Parallel = Parallel()
  ) throws(DataError) -> Loaded {
    guard !paths.isEmpty else {
      throw DataError(
        .usage, file: "", problem: "no table is given", remedy: "name one or more files")
    }
    var parts: [TablePart] = []
    var descriptions: [TableDescription] = []
    for path in paths {
      let (part, description) = try TablePartReader(
        path: path, options: options, parallel: parallel
      ).read()
      parts.append(part)
      descriptions.append(description)
    }
    guard parts.contains(where: { $0.rowCount > 0 }) else { throw nothingLeft(parts) }
    let table = try TableJoin.join(consume parts, options: options, parallel: parallel)
    return Loaded(table: table, descriptions: descriptions)
  }

  /// What a flow table is, whether it has labels or not.
  /// - Parameter limit: the most rows to read; nil for all.
  /// - Throws: `DataError` where the file is no flow table or cannot be read.
  public static func describe(
    _ path: String, options: TableReadingOptions = TableReadingOptions(), limit: Int? = nil,
    parallel: Parallel = Parallel()
  ) throws(DataError) -> TableDescription {
    var options = options
    options.keepsUnlabeledRows = true
    options.rowLimit = limit ?? options.rowLimit
    return try TablePartReader(path: path, options: options, parallel: parallel).read().description
  }

  /// Checks that a table can be learned from: two rows, two classes, a value in every column.
  /// - Throws: `DataError` of kind `badData`.
  public static func requireTrainable(_ table: LabeledTable) throws(DataError) {
    let file = table.identity.sources.joined(separator: ", ")
    guard table.rowCount > 1 else {
      throw DataError(
        file: file, problem: "has \(table.rowCount) labeled row, which is too few to learn from",
        remedy: "give a table with many rows of each class")
    }
    try requireTwoClasses(table)
    let mayBeEmpty =
      FormCatalog.shared.form(table.settings["form"] ?? "")?.mayBeEmpty ?? false
    guard !mayBeEmpty else { return }
    for (index, feature) in table.matrix.schema.features.enumerated()
    where table.matrix.column(index).allSatisfy(\.isNaN) {
      throw DataError(
        file: file, place: .column(feature.name), problem: "has no finite value in any row",
        remedy: "remove the column from the table, or mend what wrote it")
    }
  }

  /// Checks that rows of at least two classes are there.
  /// - Throws: `DataError` of kind `badData`.
  public static func requireTwoClasses(_ table: LabeledTable) throws(DataError) {
    let counts = table.labels.classCounts
    let present = table.labels.classes.indices.filter { counts[$0] > 0 }
    guard present.count < 2 else { return }
    let what =
      present.first.map { "has rows of one class only, '\(table.labels.classes[$0])'" }
      ?? "has no row with a label"
    throw DataError(
      file: table.identity.sources.joined(separator: ", "), problem: what,
      remedy: "add a table with flows of another class, or name another label column with "
        + "--label-column")
  }

  private static func nothingLeft(_ parts: [TablePart]) -> DataError {
    let account = parts.map(\.account).reduce(RowAccount(), +)
    let file = parts.map(\.path).joined(separator: ", ")
    guard account.read > 0 else {
      return DataError(
        file: file, problem: "has a header but no rows",
        remedy: "check the program that wrote it; perhaps it saw no flow")
    }
    let reasons = account.dropped.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return DataError(
      file: file,
      problem:
        "leaves no row to use: \(account.read) read, dropped \(reasons.joined(separator: ", "))",
      remedy: account.dropped["unlabeled_rows"] == nil
        ? "check the file, or choose other options"
        : "label the flows first, or name another label column with --label-column")
  }
}
