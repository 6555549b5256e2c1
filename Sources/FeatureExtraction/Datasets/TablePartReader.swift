import FeatureTables

/// Reads one file: form, columns, rows, then the meaning of what was read.
struct TablePartReader {
  let path: String
  let options: TableReadingOptions
  let parallel: Parallel

  /// - Throws: `DataError` where the file is not there, has no known form or cannot be read.
  func read() throws(DataError) -> (part: TablePart, description: TableDescription) {
    let input = try TextInput(path: path)
    let hasMark = input.hasByteOrderMark
    let recognized = try RecognizedForm.recognize(input, options: options)
    let metadata =
      recognized.form.identifier == FormCatalog.ownIdentifier
      ? try TableMetadata.read(besides: path) : nil
    let planner = ColumnPlanner(
      form: recognized.form, names: recognized.names, options: options, metadata: metadata)
    var columns = planner.columns()
    let label = try LabelChoice.choose(recognized, columns, options, file: path)
    if let index = label.column { columns[index].role = .label }
    guard label.column != nil || options.keepsUnlabeledRows else {
      throw DataError(
        file: path, problem: "has no column with labels (form \(recognized.form.identifier))",
        remedy: "name the column with --label-column, or label the flows first")
    }
    try planner.checkIncluded(columns, file: path)
    let map = labelMap(recognized, label)
    let plan = scanPlan(recognized, columns, map)
    let scanned: ScannedTable
    if recognized.isJSON {
      let filter = recognized.form.jsonFilter.flatMap { filter in
        recognized.form.layout == .jsonLines
          ? (path: filter.path, value: filter.value, reason: filter.reason) : nil
      }
      scanned = try JSONLines.scan(
        input, paths: recognized.names, filter: filter, plan: plan,
        parallel: parallel)
    } else {
      scanned = try DelimitedTable.scan(
        input, dialect: recognized.dialect, headerLines: recognized.headerLines, plan: plan,
        parallel: parallel)
    }
    let encoding = scanned.encoding
    var assembly = TableAssembly(
      path: path, recognized: recognized, columns: columns, scanned: consume scanned,
      labelMap: map, options: options, parallel: parallel, metadata: metadata)
    if let finding = label.finding { assembly.findings.append(finding) }
    let part = try assembly.part()
    return (part, description(part, assembly.columns, recognized, encoding, hasMark))
  }

  /// The map of the data set; a column of the user's own has the general one.
  private func labelMap(_ recognized: RecognizedForm, _ label: LabelChoice) -> LabelMap {
    let form = recognized.form
    let isOfForm = label.column.map { form.labels.contains(SnakeCase.folded(recognized.names[$0])) }
    guard label.isByHand, isOfForm == false else {
      return LabelMap(
        named: form.labelMap, usesFamilies: !label.isByHand, emptyLabel: form.emptyLabel,
        options: options)
    }
    return LabelMap(named: FormCatalog.shared.generic.labelMap, options: options)
  }

  // MARK: What to scan

  private func scanPlan(
    _ recognized: RecognizedForm, _ columns: [PlannedColumn], _ map: LabelMap
  ) -> ScanPlan {
    var plan = ScanPlan(
      columns: columns.map { column in
        columnPlan(column, columns, recognized.form, map)
      })
    plan.header = recognized.header
    plan.nonfinite = options.nonfinite
    plan.badRows = options.badRows
    plan.unset = recognized.form.unset.map { Array($0.utf8) }
    plan.trailer = recognized.form.trailer.map { Array($0.utf8) }
    plan.rowLimit = options.rowLimit ?? .max
    return plan
  }

  private func columnPlan(
    _ column: PlannedColumn, _ columns: [PlannedColumn], _ form: TableForm, _ map: LabelMap
  ) -> ColumnPlan {
    let drops = form.rows[column.name]
    var rejection: (@Sendable (String) -> String?)?
    if let drops { rejection = { drops[$0] } }
    if let original = column.copyOf {
      let isNumber = columns[original].role == .numeric
      return ColumnPlan(column.header, isNumber ? .number : .skipped)
    }
    switch column.role {
    case .label:
      guard !options.keepsUnlabeledRows else { return ColumnPlan(column.name, .category) }
      return ColumnPlan(column.name, .category) { text in
        if case .unlabeled(let reason) = map.meaning(text) { return reason }
        return nil
      }
    case .numeric: return ColumnPlan(column.name, .number)
    case .categorical: return ColumnPlan(column.name, .category, rejection: rejection)
    case .open:
      return ColumnPlan(column.name, column.isTime ? .text : .mixed)
    case .input:
      return ColumnPlan(column.name, DerivedFeatures.storage(form.derived, column.name))
    case .excluded: return ColumnPlan(column.name, column.isIdentity ? .text : .skipped)
    }
  }

  // MARK: What to say

  private func description(
    _ part: TablePart, _ columns: [PlannedColumn], _ recognized: RecognizedForm,
    _ encoding: TextEncoding, _ hasMark: Bool
  ) -> TableDescription {
    var counts = Array(repeating: 0, count: part.classes.count)
    for code in part.labelCodes where code >= 0 { counts[Int(code)] += 1 }
    return TableDescription(
      file: path, form: recognized.form.identifier, title: recognized.form.title,
      delimiter: recognized.isJSON
        ? nil : String(decoding: [recognized.dialect.delimiter], as: UTF8.self),
      encoding: encoding, hasByteOrderMark: hasMark,
      hasHeader: !recognized.header.isEmpty, rows: part.account,
      labelColumn: columns.first { $0.role == .label }?.header,
      classes: LabelAssembly.ordered(part.classes.indices, by: { part.classes[$0] }).map {
        TableDescription.Class(
          name: part.classes[$0].name, rows: counts[$0], benign: part.classes[$0].isBenign)
      },
      unlabeledRows: part.labelCodes.count { $0 < 0 },
      columns: TableDescription.columns(columns, part), excluded: part.excluded,
      findings: part.findings)
  }
}

extension PlannedColumn {
  /// Whether its text is a time that we read ourselves.
  var isTime: Bool { name == "start_time" || name == "end_time" }
}
