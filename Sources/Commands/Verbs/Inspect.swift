import ArgumentParser
import FeatureExtraction
import FeatureTables
import Models

/// `flowmeter inspect`.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say in one screen what a model, table, report or capture is.",
    discussion: """
      Examples:
        flowmeter inspect friday.csv
        flowmeter inspect --schema > model.schema.json
      """)

  @Argument(help: "The file to look at.")
  var file: String?

  @Option(
    help: ArgumentHelp("Look at no more than so many rows or packets.", valueName: "count"))
  var limit: Int?

  @Flag(help: "Print the JSON Schema of model files.")
  var schema = false

  @Flag(help: "Print the reference of all feature sets: every column with its definition.")
  var featureSets = false

  @OptionGroup(title: "Tables") var table: TableOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError("--limit takes a count of at least 1, not \(limit).")
    }
    if file == nil, !schema, !featureSets { throw ValidationError("Name a file to look at.") }
  }

  func run() throws {
    if schema { try Console.write(ModelDocument.jsonSchema) }
    if featureSets { try Console.write(Array(FeatureReference.markdown().utf8)) }
    guard let file else { return }
    let summary = try common.console.during("reading \(file)") {
      try FileSummary(of: file, limit: limit, reading: table.readingOptions())
    }
    try common.write(summary, text: \.text)
  }
}
