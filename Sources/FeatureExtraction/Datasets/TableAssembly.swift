import FeatureTables

/// Makes features, labels and identity of the columns of a scan.
struct TableAssembly {
  let path: String
  let recognized: RecognizedForm
  var columns: [PlannedColumn]
  var scanned: ScannedTable
  let labelMap: LabelMap
  let options: TableReadingOptions
  let parallel: Parallel
  let metadata: TableMetadata?
  var findings: [String] = []
  private var excluded: [ExcludedColumn] = []
  private var made: [DerivedFeatures.Column] = []
  private var comparability: [String: Comparability] = [:]

  init(
    path: String, recognized: RecognizedForm, columns: [PlannedColumn], scanned: ScannedTable,
    labelMap: LabelMap, options: TableReadingOptions, parallel: Parallel,
    metadata: TableMetadata?
  ) {
    self.path = path
    self.recognized = recognized
    self.columns = columns
    self.scanned = scanned
    self.labelMap = labelMap
    self.options = options
    self.parallel = parallel
    self.metadata = metadata
  }

  private var form: TableForm { recognized.form }

  /// - Throws: `DataError` where columns contradict each other or their form.
  mutating func part() throws(DataError) -> TablePart {
    try settleTimeUnit()
    try compareCopies()
    let identity = IdentityAssembly(
      form: form, columns: columns, scanned: scanned, zone: options.timeZone, path: path)
    let (rows, identityFindings) = identity.rowIdentity()
    findings += identityFindings
    let (codes, classes) = labels()
    let rounds = options.roundLarge ?? form.roundsLarge
    for index in columns.indices { makeFeature(index, rounds: rounds, identity: rows) }
    makeDerived()
    findings += form.remarks
    if let known = form.expectedRows[String(scanned.account.read)] { findings.append(known) }
    var part = TablePart(
      path: path, form: form, rowCount: scanned.rowCount, features: made.map(\.feature),
      columns: made.map(\.values), categories: made.map(\.categories),
      comparability: comparability, labelCodes: codes, classes: classes,
      hasLabels: columns.contains { $0.role == .label }, identity: rows,
      rowNumbers: scanned.rowNumbers, account: scanned.account, excluded: excluded,
      settings: settings(rounds: rounds), digest: scanned.digest, findings: findings,
      schemaIdentifier: schema?.identifier ?? formIdentifier,
      schemaVersion: schema?.version ?? 1)
    made = []
    try unwrapSums(&part)
    return part
  }

  /// Of the description beside one of our own tables, else of the feature set that was named.
  private var schema: FeatureSchema? {
    form.identifier == FormCatalog.ownIdentifier ? metadata?.schema ?? options.schema : nil
  }

  /// The form, with the unit of its times where that makes a difference.
  private var formIdentifier: String { timeUnitForm ?? form.identifier }
  private var timeUnitForm: String?

  private func settings(rounds: Bool) -> [String: String] {
    // How a table of ours was made, first of all: a model meters captures in the same way.
    var settings = metadata?.settings ?? [:]
    settings.merge([
      "form": formIdentifier, "nonfinite": options.nonfinite.rawValue,
      "bad_rows": options.badRows.rawValue, "round_large": String(rounds),
      "attempted": options.attempted.rawValue,
    ]) { $1 }
    if let label = columns.first(where: { $0.role == .label }) {
      settings["label_column"] = label.header
    }
    if let zone = options.timeZone { settings["time_zone"] = zone.identifier }
    let included = columns.filter(\.isIncluded).map(\.name)
    if !included.isEmpty { settings["include_feature"] = included.joined(separator: ",") }
    return settings
  }

  // MARK: Features

  private mutating func makeFeature(_ index: Int, rounds: Bool, identity: RowIdentity) {
    let column = columns[index]
    let stored = scanned.columns[index]
    if column.copyOf != nil { scanned.columns[index] = .skipped }
    switch column.role {
    case .label, .input: break
    case .excluded(let reason, let why):
      excluded.append(ExcludedColumn(name: column.header, reason: reason, explanation: why))
    case .numeric:
      guard case .numbers(let values) = stored else { return }
      addNumbers(column, values, rounds: rounds)
      scanned.columns[index] = .skipped
    case .categorical:
      guard case .category(let codes, let names) = stored else { return }
      addCategory(column, codes, names)
    case .open where column.isTime:
      let times = column.name == "start_time" ? identity.startTimes : []
      let seconds = times.map { $0 == TimeText.missing ? .nan : Double($0) / 1e9 }
      add(Feature(column.name, in: .seconds), NumberColumn(seconds), column)
    case .open:
      guard case .mixed(let mixed) = stored else { return }
      addOpen(index, mixed, rounds: rounds)
      scanned.columns[index] = .skipped
    }
  }

  private mutating func add(
    _ feature: Feature, _ values: NumberColumn, _ column: PlannedColumn, _ categories: [String] = []
  ) {
    guard values.count == scanned.rowCount else { return }
    made.append(DerivedFeatures.Column(feature: feature, values: values, categories: categories))
    if let known = column.comparability { comparability[feature.name] = known }
  }

  private mutating func addNumbers(
    _ column: PlannedColumn, _ given: NumberColumn, rounds: Bool
  ) {
    var values = given
    if column.scale != 1 { values.replace(parallel) { Cleaning.scaled($0, by: column.scale) } }
    if rounds, column.name != "flow_duration" {
      let count = values.count(parallel) { Cleaning.roundedIfLarge($0) != $0 && !$0.isNaN }
      if count > 0 {
        values.replace(parallel) { Cleaning.roundingLarge($0) }
        scanned.account.remarks["rounded_values", default: 0] += count
      }
    }
    if column.name.hasSuffix("initial_window_bytes") {
      let count = values.count(parallel) { $0 == -1 }
      if count > 0 {
        scanned.account.remarks["no_window:\(column.name)"] = count
        findings.append(
          "\(count) rows have -1 as \(column.name): no TCP packet was seen in that direction; the "
            + "value is kept")
      }
    }
    add(Feature(column.name, in: column.unit), values, column)
  }

  private mutating func addCategory(
    _ column: PlannedColumn, _ codes: [Double], _ names: [String]
  ) {
    let isICMP = column.name == "icmp_type" || column.name == "icmp_code"
    let (newCodes, newNames) = Cleaning.canonical(codes, names, minusOne: isICMP ? "none" : nil)
    add(
      Feature(column.name, in: column.unit, kind: .categorical), NumberColumn(newCodes), column,
      newNames)
  }

  private mutating func addOpen(_ index: Int, _ mixed: MixedColumn, rounds: Bool) {
    let column = columns[index]
    switch OpenColumn.decide(mixed, rowNumbers: scanned.rowNumbers, isWanted: column.isIncluded) {
    case .numeric:
      columns[index].role = .numeric
      addNumbers(column, mixed.values, rounds: rounds)
    case .categorical:
      columns[index].role = .categorical
      let (codes, names) = mixed.asCategory()
      addCategory(column, codes, names)
    case .excluded(let reason, let why):
      columns[index].role = .excluded(reason, why)
      excluded.append(ExcludedColumn(name: column.header, reason: reason, explanation: why))
    }
  }

  private mutating func makeDerived() {
    guard !form.derived.isEmpty else { return }
    var named: [String: ScannedColumn] = [:]
    for (index, column) in columns.enumerated() where named[column.name] == nil {
      named[column.name] = scanned.columns[index]
    }
    for column in made where column.categories.isEmpty {
      named[column.feature.name] = .numbers(column.values)
    }
    let source = DerivedFeatures.Source(rowCount: scanned.rowCount, columns: named)
    for column in form.derived.flatMap({ DerivedFeatures.columns($0, source) }) {
      if column.replaces, let old = made.firstIndex(where: { $0.feature == column.feature }) {
        made[old].values = column.values
      } else {
        made.append(column)
      }
    }
  }

  // MARK: Labels

  private mutating func labels() -> ([Int32], [LabelClass]) {
    let unlabeled = Array(repeating: Labels.unlabeled, count: scanned.rowCount)
    guard let index = columns.firstIndex(where: { $0.role == .label }),
      case .category(let codes, let names) = scanned.columns[index]
    else { return (unlabeled, []) }
    var classes: [LabelClass] = []
    var classOfName: [Int32] = []
    for name in names {
      guard case .labeled(let label) = labelMap.meaning(name) else {
        classOfName.append(Labels.unlabeled)
        continue
      }
      if let known = classes.firstIndex(where: { $0.key == label.key }) {
        classOfName.append(Int32(known))
      } else {
        classOfName.append(Int32(classes.count))
        classes.append(label)
      }
    }
    var empty = Labels.unlabeled
    if let name = form.emptyLabel, case .labeled(let label) = labelMap.meaning(name) {
      empty = Int32(classes.firstIndex { $0.key == label.key } ?? classes.count)
      if Int(empty) == classes.count { classes.append(label) }
    }
    scanned.columns[index] = .skipped
    let rows = codes.map { $0.isNaN ? empty : classOfName[Int($0)] }
    countUnknown(rows, classes)
    return (rows, LabelAssembly.flagsAsBenign(classes))
  }

  private mutating func countUnknown(_ rows: [Int32], _ classes: [LabelClass]) {
    let unknown = Set(classes.indices.filter { !classes[$0].isKnown }.map { Int32($0) })
    guard !unknown.isEmpty else { return }
    let count = rows.count { unknown.contains($0) }
    scanned.account.remarks["unknown_labels"] = count
    let names = unknown.sorted().map { "'\(classes[Int($0)].name)'" }.joined(separator: ", ")
    findings.append("\(count) rows have labels that \(form.identifier) does not know: \(names)")
  }

  // MARK: Checks

  /// Columns of one name must be equal; the first is kept.
  private mutating func compareCopies() throws(DataError) {
    for index in columns.indices {
      guard let original = columns[index].copyOf,
        case .numbers(let second) = scanned.columns[index],
        case .numbers(let first) = scanned.columns[original]
      else { continue }
      let (values, copy) = (first.contiguous(), second.contiguous())
      let different = values.indices.first { row in
        values[row] != copy[row] && !(values[row].isNaN && copy[row].isNaN)
      }
      if let different {
        throw DataError(
          file: path, place: .column(columns[index].header),
          problem: "stands twice in the header with different values (\(values[different]) and "
            + "\(copy[different]) in row \(scanned.rowNumbers[different]))",
          remedy: "rename or remove one of the two columns")
      }
      scanned.account.remarks["duplicate_columns", default: 0] += 1
      findings.append("'\(columns[index].header)' stands twice and is equal; the first is kept")
    }
  }

  /// Two releases of the Python extractor write the same header, one in seconds and one in
  /// microseconds; only the values tell.
  private mutating func settleTimeUnit() throws(DataError) {
    guard form.timeUnitIsUnknown else { return }
    var numbers: [String: [Double]] = [:]
    for (index, column) in columns.enumerated() {
      if case .numbers(let values) = scanned.columns[index] {
        numbers[column.name] = values.contiguous()
      }
    }
    switch TimeUnitTest.unit(numbers) {
    case .seconds?:
      timeUnitForm = "cicflowmeter-python-s-82"
      for index in columns.indices {
        let folded = SnakeCase.folded(columns[index].header)
        guard let alias = AliasTable.shared.alias(folded, form: "cicflowmeter-python-s-82") else {
          continue
        }
        columns[index].scale = alias.scale
        columns[index].comparability = alias.comparability
      }
      findings.append("times are in seconds, as duration times rate is the number of packets")
    case .microseconds?:
      timeUnitForm = "cicflowmeter-python-us-82"
      findings.append(
        "times are in microseconds, as duration times rate is a million times the packets")
    case nil:
      findings.append("no flow has a duration, so that the unit of times makes no difference")
    default:
      throw DataError(
        file: path, place: .column("flow_duration"),
        problem: "is neither in seconds nor in microseconds, judged by rate and packets",
        remedy: "extract the flows again with one release of cicflowmeter")
    }
  }

  /// Header lengths of the corrected release wrap at 16 bits: a sum below what so many packets
  /// need at least is no value.
  private mutating func unwrapSums(_ part: inout TablePart) throws(DataError) {
    let wrapped = part.features.indices.filter {
      part.comparability[part.features[$0].name] == .wraps16
    }
    guard !wrapped.isEmpty else { return }
    let minimum = Cleaning.minimumHeader(columns, scanned)
    var bad: Set<Int> = []
    for index in wrapped {
      let name = part.features[index].name
      let packets = name.replacing("header_length_total", with: "packet_count")
      guard let count = part.features.firstIndex(where: { $0.name == packets }) else { continue }
      var found = 0
      var sums = part.columns[index].contiguous()
      let counts = part.columns[count].contiguous()
      for row in 0..<part.rowCount where sums[row] < counts[row] * minimum[row] {
        found += 1
        sums[row] = options.nonfinite == .zero ? 0 : .nan
        bad.insert(row)
      }
      part.columns[index] = NumberColumn(sums)
      if found > 0 {
        part.account.nonfinite[name, default: [:]]["wrapped"] = found
        part.findings.append(
          "\(found) rows have a \(name) that wrapped at 16 bits; it counts as missing")
      }
    }
    guard !bad.isEmpty else { return }
    if options.nonfinite == .error {
      throw DataError(
        file: path, problem: "has \(bad.count) rows with header lengths that wrapped at 16 bits",
        remedy: "choose what such values become: --nonfinite missing, zero or drop")
    }
    if options.nonfinite == .drop {
      part.keep((0..<part.rowCount).filter { !bad.contains($0) }, reason: "nonfinite_rows")
    }
  }
}
