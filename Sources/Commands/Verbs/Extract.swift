import ArgumentParser
import FeatureExtraction
import FeatureTables

/// `flowmeter extract`.
struct Extract: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn packet captures into a table of flows.",
    discussion: """
      Examples:
        flowmeter extract monday.pcap -o monday.csv.gz --label benign
        flowmeter extract friday.pcap --label-rules friday.rules.yaml | head
        flowmeter extract a.pcap --labels-from eve.json --unmatched-label benign

      The table has one row a flow: identity, features, and the label where one is given. A file \
      gets a description beside it, OUTPUT.meta.json, with the account of all packets. A name that \
      ends in .npy gets the features alone, as a NumPy matrix.
      """)

  @Argument(help: "Captures, in any order; '-' is standard input.")
  var captures: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the table here, compressed where the name ends in .gz; '-' is standard output.",
      valueName: "file"))
  var output = "-"

  @Option(help: ArgumentHelp("Give every flow this label.", valueName: "name"))
  var label: String?

  @Option(
    help: ArgumentHelp("Read more names of captures from this file, one a line.", valueName: "file")
  )
  var filesFrom: String?

  @OptionGroup var capture: CaptureOptions

  @Option(
    help: ArgumentHelp(
      "Extract part I of K, from 0: all parts together are exactly the rows of one extraction.",
      valueName: "I/K"))
  var shard: String?

  @Option(help: "Name the columns of features as we do, or as the original tool did.")
  var names = TableStyle.Names.own

  @Flag(help: "Note the SHA-256 of each capture in the description; it takes as long as the rest.")
  var digest = false

  @Flag(help: "Write Infinity and NaN where a compatible set has them, not empty cells.")
  var writeNonfinite = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if captures.isEmpty, filesFrom == nil {
      throw ValidationError("Name at least one capture, or give --files-from.")
    }
    if label != nil, capture.givesLabels {
      throw ValidationError("Give one of --label, --label-rules and --labels-from.")
    }
    if common.json, output == "-" {
      throw ValidationError("--json needs --output: standard output would hold two things.")
    }
  }

  func run() throws {
    var options = try capture.extractionOptions(label: label)
    options.digestsInputs = digest
    options.shard = try shard.map(Extract.parseShard)
    var style = TableStyle()
    style.names = names
    style.writesNonfinite = writeNonfinite
    let files = captures + (try filesFrom.map(ExtractionWorkflow.names(in:)) ?? [])
    let account = try common.console.during("extracting flows") {
      try FlowExtraction.write(
        files, options: options, style: style, parallel: common.parallel, to: output)
    }
    if common.json {
      account.warn(common.console)
      try common.write(account) { _ in "" }
    } else {
      account.tell(common.console)
    }
  }

  private static func parseShard(_ text: String) throws(DataError) -> Shard {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else {
      throw DataError(
        .usage, file: "--shard \(text)", problem: "is not of the form I/K",
        remedy: "0/4, 1/4, 2/4 and 3/4 are the parts of four")
    }
    return try Shard(index: index, count: count)
  }
}

extension TableStyle.Names: ExpressibleByArgument {}
