import FeatureTables

/// Says of each column of a file what it is for, from the form, the alias table and the options.
struct ColumnPlanner {
  let form: TableForm
  let names: [String]
  let options: TableReadingOptions
  let metadata: TableMetadata?
  private let aliases = AliasTable.shared

  init(
    form: TableForm, names: [String], options: TableReadingOptions, metadata: TableMetadata?
  ) {
    self.form = form
    self.names = names
    self.options = options
    self.metadata = metadata
  }

  /// The columns in file order; the label is not chosen yet.
  func columns() -> [PlannedColumn] {
    var columns: [PlannedColumn] = []
    var first: [String: Int] = [:]
    var firstHeader: [String: Int] = [:]
    for (index, header) in names.enumerated() {
      var column = plain(header)
      let folded = SnakeCase.folded(header)
      // Spelled alike, or the copy that pandas renamed; `Label` and `label` are two columns.
      let original = firstHeader[header] ?? copied(folded, first: firstHeader)
      if let original {
        column.copyOf = original
        column.isIncluded = false
        column.role = .excluded(.duplicate, "repeats '\(names[original])'")
      } else if first[column.name] != nil {
        column = ownName(column)
      }
      if firstHeader[header] == nil { firstHeader[header] = index }
      if first[column.name] == nil { first[column.name] = index }
      columns.append(column)
    }
    return columns
  }

  /// The column that a `.1` copy repeats.
  private func copied(_ folded: String, first: [String: Int]) -> Int? {
    guard folded.hasSuffix(".1") else { return nil }
    let base = String(folded.dropLast(2))
    return first.first { SnakeCase.folded($0.key) == base }?.value
  }

  /// Two headers that mean the same quantity: the second keeps its own name.
  private func ownName(_ column: PlannedColumn) -> PlannedColumn {
    var own = column
    own.name = SnakeCase.name(column.header)
    if own.name == column.name { own.name += "_2" }
    if case .numeric = own.role { own.scale = 1 }
    return own
  }

  private func plain(_ header: String) -> PlannedColumn {
    var column: PlannedColumn
    if form.identifier == FormCatalog.ownIdentifier {
      column = own(header)
    } else {
      column = known(header)
    }
    if isIncluded(column) { column = included(column) }
    if PlannedColumn.identityNames.contains(column.name), !form.identityIsEncoded,
      form.identifier != FormCatalog.genericIdentifier || isExcluded(column)
    {
      column.isIdentity = true
    }
    return column
  }

  private func isExcluded(_ column: PlannedColumn) -> Bool {
    if case .excluded = column.role { return true }
    return false
  }

  // MARK: Known forms

  private func known(_ header: String) -> PlannedColumn {
    let folded = SnakeCase.folded(header)
    let renamed = form.renames[folded] ?? folded
    let alias =
      form.aliases.flatMap { aliases.alias(renamed, form: $0) }
      ?? (form.family == "cic" || form.identifier == FormCatalog.genericIdentifier
        ? aliases.commonAlias(renamed) : nil)
    let name = alias?.column ?? SnakeCase.name(form.renames[folded] ?? header)
    var column = PlannedColumn(
      header: header, name: name, role: .open, unit: alias?.unit ?? form.units[name] ?? .none,
      scale: alias?.scale ?? 1, comparability: alias?.comparability)
    column.role = role(of: name, folded, alias)
    return column
  }

  private func role(
    of name: String, _ folded: String, _ alias: Alias?
  ) -> PlannedColumn.Role {
    if form.labels.contains(folded) || form.otherLabels.contains(folded) {
      return .excluded(.label, "is another label")
    }
    if let why = form.leaks[name] { return .excluded(.leak, why) }
    if let original = form.duplicates[name] {
      return .excluded(.duplicate, "says the same as \(original)")
    }
    if form.timestamps.contains(name) || name == "start_time" || name == "end_time" {
      return .excluded(.timestamp, "is a time, which gives away when the label was given")
    }
    if form.optional.contains(name) {
      return .excluded(.optional, "is left out unless --include-feature \(name) asks for it")
    }
    if form.identifiers.contains(name) {
      return .excluded(.identifier, "says which flow it is, not what it is like")
    }
    if form.texts.contains(name) { return .excluded(.text, "is free text") }
    if form.inputs.contains(name) { return .input }
    if form.categorical.contains(name) { return .categorical }
    if form.numeric.contains(name) { return .numeric }
    if form.identifier == FormCatalog.genericIdentifier, let role = GenericRoles.role(folded) {
      return role
    }
    switch alias?.role {
    case .feature: return .numeric
    case .categorical: return .categorical
    case .identifier:
      return .excluded(.identifier, "says which flow it is, not what it is like")
    case .label: return .excluded(.label, "is another label")
    case .leak: return .excluded(.leak, "gives the class away")
    case .duplicate: return .excluded(.duplicate, "repeats another column")
    case nil: return .open
    }
  }

  // MARK: Our own tables

  private func own(_ header: String) -> PlannedColumn {
    let schema = metadata?.schema ?? options.schema
    let feature = ownFeature(header, schema)
    var column = PlannedColumn(
      header: header, name: feature?.name ?? SnakeCase.name(header), role: .open,
      unit: feature?.unit ?? aliases.unit(of: header) ?? .none, scale: 1, comparability: nil)
    if let feature {
      // A time is text in the file, whatever feature is made of it.
      column.role =
        column.isTime ? .open : feature.kind == .categorical ? .categorical : .numeric
    } else if header == "label" {
      column.role = .excluded(.label, "is another label")
    } else if header == "start_time" || header == "end_time" {
      column.role = .excluded(.timestamp, "is a time, which gives away when the label was given")
    } else if PlannedColumn.identityNames.contains(header)
      || metadata?.identityColumns.contains(header) == true
    {
      column.role = .excluded(.identifier, "says which flow it is, not what it is like")
    } else if schema != nil {
      column.role = .excluded(.text, "is not in the table's description")
    }
    return column
  }

  private func ownFeature(_ header: String, _ schema: FeatureSchema?) -> Feature? {
    guard let schema else { return nil }
    if let names = metadata?.publishedNames, let index = names.firstIndex(of: header) {
      return schema.features[index]
    }
    return schema.features.first { $0.name == header }
  }

  // MARK: Columns that were asked for

  private func isIncluded(_ column: PlannedColumn) -> Bool {
    if options.includedFeatures.contains(where: { isNamed(column, $0) }) { return true }
    guard isExcluded(column) || column.role == .open, let schema = options.schema else {
      return false
    }
    return schema.index(of: column.name) != nil
  }

  private func isNamed(_ column: PlannedColumn, _ name: String) -> Bool {
    column.name == name || SnakeCase.folded(column.header) == SnakeCase.folded(name)
  }

  private func included(_ column: PlannedColumn) -> PlannedColumn {
    var column = column
    column.isIncluded = true
    let wanted = options.schema?.features.first { $0.name == column.name }
    switch column.role {
    case .numeric, .categorical: return column
    case .excluded(.timestamp, _): column.role = .open
    default: column.role = .open
    }
    if let wanted, !column.isTime {
      // A time is text in the file, whatever feature is made of it.
      column.role = wanted.kind == .categorical ? .categorical : .numeric
    } else if ["protocol", "destination_port", "source_port"].contains(column.name) {
      column.role = .categorical
    }
    return column
  }

  /// - Throws: `DataError` of kind `usage` where a name of `--include-feature` is no column, or one
  ///   that cannot be a feature.
  func checkIncluded(_ columns: [PlannedColumn], file: String) throws(DataError) {
    for name in options.includedFeatures {
      if columns.contains(where: { isNamed($0, name) && $0.name == "end_time" }) {
        throw DataError(
          .usage, file: file, place: .column(name), problem: "is not made into a feature",
          remedy: "start_time and the duration of the flow say the same")
      }
      guard !columns.contains(where: { isNamed($0, name) }) else { continue }
      let optional = columns.filter(isExcluded).map(\.name).sorted()
      throw DataError(
        .usage, file: file, place: .column(name), problem: "there is no such column to include",
        remedy: "left out by default are: \(optional.joined(separator: ", "))")
    }
  }
}

/// Columns of tables whose form is not known, by their names.
enum GenericRoles {
  static func role(_ folded: String) -> PlannedColumn.Role? {
    let name = SnakeCase.name(folded)
    let words = Set(name.split(separator: "_").map(String.init))
    if timeNames.contains(name) || !words.isDisjoint(with: timeWords) {
      return .excluded(.timestamp, "looks like a time")
    }
    if identifierNames.contains(name) || name.hasSuffix("_id") || name.hasPrefix("unnamed")
      || name.isEmpty
    {
      return .excluded(.identifier, "looks like an identifier or a row number")
    }
    if !words.isDisjoint(with: addressWords) {
      return .excluded(.identifier, "looks like an address or a port")
    }
    return nil
  }

  private static let timeNames: Set<String> = [
    "ts", "time", "start", "end", "start_time", "end_time", "stime", "ltime", "first_seen",
    "last_seen",
  ]
  private static let timeWords: Set<String> = ["timestamp", "date", "datetime", "epoch"]
  private static let identifierNames: Set<String> = [
    "id", "uid", "uuid", "index", "row", "row_number", "no", "number", "flow_key", "key",
    "session", "capture", "file", "filename",
  ]
  private static let addressWords: Set<String> = [
    "ip", "addr", "address", "mac", "host", "hostname", "port", "sport", "dport", "srcip",
    "dstip", "saddr", "daddr", "srcaddr", "dstaddr", "srcport", "dstport",
  ]
}
