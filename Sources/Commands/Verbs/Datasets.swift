import ArgumentParser
import FeatureExtraction
import FeatureTables

/// `flowmeter datasets`.
struct Datasets: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what the public labeled data sets hold and where their owners publish them.",
    discussion: """
      Examples:
        flowmeter datasets show cic-ids2017
        flowmeter datasets verify nsl-kdd downloads/nsl-kdd
      """,
    subcommands: [List.self, Show.self, Verify.self, Rules.self], defaultSubcommand: List.self)

  /// `flowmeter datasets list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One line a data set.",
      discussion: """
        Examples:
          flowmeter datasets list
          flowmeter datasets list --json
        """)

    @OptionGroup var common: CommonOptions

    func run() throws {
      try common.write(DatasetCatalog.all) { DatasetDescriptor.listing($0) + "\n" }
    }
  }

  /// `flowmeter datasets show NAME`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "All that is known of a data set.",
      discussion: """
        Examples:
          flowmeter datasets show unsw-nb15
          flowmeter datasets show bundled --json
        """)

    @Argument(help: "The data set; 'flowmeter datasets list' names them.")
    var name: String

    @OptionGroup var common: CommonOptions

    func run() throws {
      try common.write(try DatasetCatalog.named(name)) { $0.card + "\n" }
    }
  }

  /// `flowmeter datasets verify NAME DIR`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare a copy of a data set with what is known of it.",
      discussion: """
        Examples:
          flowmeter datasets verify nsl-kdd downloads/nsl-kdd
          flowmeter datasets verify cic-ids2017 MachineLearningCVE --json

        Ends with exit code 65 at a difference.
        """)

    @Argument(help: "The data set; 'flowmeter datasets list' names them.")
    var name: String

    @Argument(help: "The folder with its files.")
    var folder: String

    @OptionGroup var common: CommonOptions

    func run() throws {
      let result = try DatasetCatalog.named(name).verify(folder)
      try common.write(result) { $0.text + "\n" }
      if result.firstDifference != nil { throw ExitCode(65) }
    }
  }

  /// `flowmeter datasets rules NAME`.
  struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print ready-made label rules, or list them.",
      discussion: """
        Examples:
          flowmeter datasets rules
          flowmeter datasets rules cic-ids2017 > my.rules.yaml
          flowmeter extract friday.pcap --features cic --label-rules cic-ids2017
        """)

    @Argument(help: "The rules; without a name all are listed.")
    var name: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
      if let name {
        let rules = try ReadyMadeRules.named(name)
        try common.write(rules) { $0.text }
      } else {
        try common.write(try ReadyMadeRules.all) { all in
          all.map { "\($0.name): \($0.description)\n" }.joined()
        }
      }
    }
  }
}
