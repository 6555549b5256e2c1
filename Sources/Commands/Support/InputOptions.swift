import ArgumentParser
import FeatureExtraction
import FeatureTables

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
    if areByClass, capture.labelRules != nil {
      throw ValidationError("--label-rules does not go with --benign and --malicious.")
    }
  }

  /// Reads everything.
  /// - Parameters:
  ///   - files: tables, or captures for which there are label rules; not both kinds.
  ///   - pinned: the flow settings of a model, which hold where nothing is said.
  ///   - reading: how to read tables; nil for what the options say.
  func read(
    _ files: [String], pinned: [String: String] = [:], reading: TableReadingOptions? = nil,
    console: Console
  ) throws -> LabeledTable {
    guard files.isEmpty else {
      return try InputReader(capture: capture, pinned: pinned, console: console).read(
        files, reading: reading ?? table.readingOptions())
    }
    var classes: [(captures: [String], label: String)] = []
    if !benign.isEmpty { classes.append((benign, "benign")) }
    if !malicious.isEmpty { classes.append((malicious, "malicious")) }
    let options = try capture.extractionOptions(pinned: pinned)
    let (table, account) = try console.during("reading captures") {
      try FlowExtraction.table(classes, options: options)
    }
    console.note(account.summary)
    return table
  }
}

/// Tells captures from tables by their first bytes and reads either.
struct InputReader {
  let capture: CaptureOptions
  let pinned: [String: String]
  let console: Console

  func read(_ files: [String], reading: TableReadingOptions) throws -> LabeledTable {
    let captures = try files.map { file throws(DataError) in try InputReader.isCapture(file) }
    if captures.allSatisfy({ $0 }) { return try readCaptures(files) }
    if let mixed = captures.firstIndex(of: true) {
      throw DataError(
        .usage, file: files[mixed], problem: "is a capture among tables",
        remedy: "give captures and tables to separate calls")
    }
    return try console.during("reading \(files.count == 1 ? files[0] : "\(files.count) tables")") {
      try FlowTables.read(files, options: reading)
    }
  }

  private func readCaptures(_ files: [String]) throws -> LabeledTable {
    let extraction = try capture.extractionOptions(pinned: pinned)
    let (table, account) = try console.during("reading captures") {
      try FlowExtraction.table(files, options: extraction)
    }
    console.note(account.summary)
    account.warnOfUnmatchedRules(console)
    return table
  }

  /// Whether the content of a file is that of a capture. Standard input is a table.
  static func isCapture(_ path: String) throws(DataError) -> Bool {
    guard path != "-" else { return false }
    var source = try ByteSource(path: path)
    guard let bytes = try source.next() else { return false }
    return CaptureDescription.isCapture(firstBytes: bytes)
  }
}

extension ExtractionAccount {
  /// One sentence for a person.
  var summary: String {
    let skipped = packets.skipped.values.reduce(0, +)
    return "\(packets.read) packets read, \(packets.metered) metered, \(skipped) skipped; "
      + "\(flows.written) flows"
  }

  func warnOfUnmatchedRules(_ console: Console) {
    let unmatched = rulesWithoutMatch
    if !unmatched.isEmpty {
      console.warn(
        "\(unmatched.count) label rules matched no flow: \(unmatched.joined(separator: ", "))")
    }
  }
}
