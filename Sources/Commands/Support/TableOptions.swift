import ArgumentParser
import FeatureExtraction
import FeatureTables
import Foundation

/// How tables are read.
struct TableOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Take the class of each row from this column.", valueName: "name"))
  var labelColumn: String?

  @Option(
    name: .customLong("benign-class"),
    help: ArgumentHelp(
      "Count this class as benign, beside 'benign' and 'normal' (repeatable).", valueName: "name"))
  var benignClasses: [String] = []

  @Option(
    name: .customLong("include-feature"),
    help: ArgumentHelp(
      "Use a column that is left out by default as a feature (repeatable).", valueName: "name"))
  var includedFeatures: [String] = []

  @Option(
    help: ArgumentHelp("What to do with a row that cannot be read.", valueName: "error|skip"))
  var badRows: BadRowPolicy = .error

  @Option(
    help: ArgumentHelp(
      "What to do with a value that is not finite; at use the model's own policy holds.",
      valueName: "missing|zero|drop|error"))
  var nonfinite: NonfinitePolicy?

  @Flag(
    inversion: .prefixedNo,
    help: "Round values of 10^7 and more to 3 digits, as most CIC-IDS2017 files have them.")
  var roundLarge: Bool?

  @Option(
    help: ArgumentHelp(
      "Read times without a zone as of this one (for instance America/Halifax).",
      valueName: "zone"))
  var timeZone: String?

  @Option(
    help: ArgumentHelp(
      "What becomes of flows labeled '... - Attempted': a class of their own, but left out where "
        + "classes are folded into two.",
      valueName: "separate|excluded|benign|malicious"))
  var attempted: AttemptedPolicy?

  func validate() throws {
    if let timeZone, TimeZone(identifier: timeZone) == nil {
      throw ValidationError("'\(timeZone)' is no time zone; for instance America/Halifax or UTC.")
    }
  }

  /// - Parameter areFolded: whether the classes are folded into benign and malicious.
  func readingOptions(areFolded: Bool = false) -> TableReadingOptions {
    var options = TableReadingOptions()
    options.labelColumn = labelColumn
    options.benignClasses = Set(benignClasses)
    options.includedFeatures = includedFeatures
    options.badRows = badRows
    options.nonfinite = nonfinite ?? .missing
    options.roundLarge = roundLarge
    options.timeZone = timeZone.flatMap(TimeZone.init(identifier:))
    options.attempted = attempted ?? (areFolded ? .excluded : .separate)
    return options
  }
}

extension AttemptedPolicy: ExpressibleByArgument {}
extension BadRowPolicy: ExpressibleByArgument {}
extension NonfinitePolicy: ExpressibleByArgument {}

/// Which classes there are.
struct ClassOptions: ParsableArguments {
  @Flag(help: "Fold all classes into benign and malicious.")
  var binary = false

  @Option(
    help: ArgumentHelp(
      "Fold into benign and malicious, this class being malicious (repeatable).",
      valueName: "name"))
  var positive: [String] = []

  var areFolded: Bool { binary || !positive.isEmpty }

  /// The table with its classes folded where that is asked for.
  /// - Throws: `DataError` of kind `usage` for a class that no row has.
  func apply(to table: LabeledTable) throws(DataError) -> LabeledTable {
    guard areFolded else { return table }
    if let unknown = positive.first(where: { !table.labels.classes.contains($0) }) {
      throw DataError(
        .usage, file: "--positive \(unknown)", problem: "no row has this class",
        remedy: "the classes are \(table.labels.classes.joined(separator: ", "))")
    }
    var folded = table
    folded.labels = table.labels.folded(positive: positive.isEmpty ? nil : Set(positive))
    return folded
  }
}
