import ArgumentParser
import FeatureExtraction
import FeatureTables
import Reports

/// Labeled rows from tables or captures: what `train`, `tune`, `crossval` and `evaluate` take.
struct InputOptions: ParsableArguments {
  @OptionGroup(title: "Tables") var table: TableOptions
  @OptionGroup(title: "Captures") var capture: CaptureOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Captures whose flows are all benign.", valueName: "capture"))
  var benign: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Captures whose flows are all malicious.", valueName: "capture"))
  var malicious: [String] = []

  func validate(files: [String]) throws {
    let areByClass = !benign.isEmpty || !malicious.isEmpty
    if files.isEmpty, !areByClass {
      throw ValidationError(
        "Name at least one table or capture, or captures with --benign and --malicious.")
    }
    if !files.isEmpty, areByClass {
      throw ValidationError(
        "Give files either by themselves or with --benign and --malicious, not both.")
    }
    if areByClass, capture.givesLabels {
      throw ValidationError(
        "--label-rules and --labels-from do not go with --benign and --malicious.")
    }
  }

  /// Reads everything.
  /// - Parameters:
  ///   - files: tables, or captures for which there are label rules; not both kinds.
  ///   - pinned: the flow settings of a model, which hold where nothing is said.
  ///   - reading: how to read tables.
  func read(
    _ files: [String], pinned: [String: String] = [:], reading: TableReadingOptions,
    common: CommonOptions
  ) throws -> LabeledTable {
    guard files.isEmpty else {
      return try InputReader(capture: capture, pinned: pinned, common: common).read(
        files, reading: reading)
    }
    var classes: [(captures: [String], label: String)] = []
    if !benign.isEmpty { classes.append((benign, "benign")) }
    if !malicious.isEmpty { classes.append((malicious, "malicious")) }
    var options = try capture.extractionOptions(pinned: pinned)
    options.digestsInputs = true
    let (table, account) = try common.console.during("reading captures") {
      try FlowExtraction.table(classes, options: options, parallel: common.parallel)
    }
    account.tell(common.console)
    return table
  }

  /// Reads everything, with the classes folded where that is asked for.
  func read(
    _ files: [String], classes: ClassOptions, common: CommonOptions
  ) throws -> LabeledTable {
    let reading = table.readingOptions(areFolded: classes.areFolded)
    return try classes.apply(to: try read(files, reading: reading, common: common))
  }
}

/// Tells captures from tables by their first bytes and reads either.
struct InputReader {
  let capture: CaptureOptions
  let pinned: [String: String]
  let common: CommonOptions

  func read(_ files: [String], reading: TableReadingOptions) throws -> LabeledTable {
    var captures: [Bool] = []
    for file in files { captures.append(try InputReader.isCapture(file)) }
    if captures.allSatisfy({ $0 }) {
      return try readCaptures(files, needsLabels: !reading.keepsUnlabeledRows)
    }
    if let mixed = captures.firstIndex(of: true) {
      throw DataError(
        .usage, file: files[mixed], problem: "is a capture among tables",
        remedy: "give captures and tables to separate calls")
    }
    return try common.console.during(
      "reading \(files.count == 1 ? files[0] : "\(files.count) tables")"
    ) {
      try FlowTables.read(files, options: reading, parallel: common.parallel)
    }
  }

  private func readCaptures(_ files: [String], needsLabels: Bool) throws -> LabeledTable {
    guard capture.givesLabels || !needsLabels else {
      throw DataError(
        .usage, file: files[0], problem: "is a capture, and nothing says what its flows are",
        remedy: "give --label-rules FILE or --labels-from LOG, or name captures by class: "
          + "--benign A --malicious B")
    }
    var extraction = try capture.extractionOptions(pinned: pinned)
    extraction.digestsInputs = true
    let (table, account) = try common.console.during("reading captures") {
      try FlowExtraction.table(files, options: extraction, parallel: common.parallel)
    }
    account.tell(common.console)
    return table
  }

  /// Whether the content of a file is that of a capture.
  /// - Throws: `DataError` where the file is not there, and where it is a model: that belongs
  ///   elsewhere on the command line.
  static func isCapture(_ path: String) throws(DataError) -> Bool {
    let head = try ByteSource.firstBytes(of: path)
    guard !FileSummary.isModel(head) else {
      throw DataError(
        file: path, problem: "is a model, where flows are expected",
        remedy: "name a table or a capture here; 'evaluate' and 'classify' take the model first, "
          + "then the flows")
    }
    return CaptureDescription.isCapture(firstBytes: head)
  }
}

extension ExtractionAccount {
  /// Says what was made of the packets and of alerts, and warns of what a person should look at.
  func tell(_ console: Console) {
    console.note(summary)
    if let alerts { console.note(alerts.summary) }
    warn(console)
  }

  /// Warns of captures that are not whole, and of rules and alerts that matched no flow.
  func warn(_ console: Console) {
    for input in inputs where input.ended.state == .cut || input.ended.state == .damaged {
      console.warn(
        "\(input.file) is \(input.ended.state.rawValue)"
          + (input.ended.byte.map { " at byte \($0)" } ?? "")
          + (input.ended.reason.map { ": \($0)" } ?? "")
          + "; the \(NumberText.counted(input.packets, "packet", "packets")) before are used")
    }
    warnOfUnmatchedRules(console)
    if let alerts, alerts.matched == 0 {
      console.warn(
        "none of \(NumberText.counted(alerts.read, "alert", "alerts")) matched a flow: "
          + "are they about these captures, and are their times those of the packets?")
    }
  }

  /// One sentence for a person.
  private var summary: String {
    let skipped = packets.skipped.sorted { $0.key < $1.key }
      .map { ", \(NumberText.count($0.value)) skipped (\($0.key.words))" }.joined()
    return NumberText.counted(packets.read, "packet read", "packets read")
      + ", \(NumberText.count(packets.metered)) metered\(skipped); "
      + NumberText.counted(flows.written, "flow", "flows")
  }

  private func warnOfUnmatchedRules(_ console: Console) {
    let unmatched = rulesWithoutMatch
    if !unmatched.isEmpty {
      console.warn(
        "\(unmatched.count) label rules matched no flow: \(unmatched.joined(separator: ", "))")
    }
  }
}

extension LogAccount {
  /// One sentence for a person.
  fileprivate var summary: String {
    let reasons = [
      (withoutLabel, "without a label"), (withoutFlow, "that name no flow"),
      (unmatched, "that matched no flow"),
    ].filter { $0.0 > 0 }.map { ", \(NumberText.count($0.0)) \($0.1)" }.joined()
    let joined =
      withoutCommunityID > 0
      ? " (\(NumberText.count(withoutCommunityID)) without Community ID, joined by addresses)" : ""
    return NumberText.counted(read, "alert read", "alerts read") + joined + reasons
      + "; \(NumberText.count(matched)) matched "
      + NumberText.counted(flows, "flow", "flows")
  }
}
