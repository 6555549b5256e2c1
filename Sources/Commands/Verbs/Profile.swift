import ArgumentParser
import Evaluation
import FeatureTables
import Reports

/// `flowmeter profile`.
struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw how the features of labeled flows are spread over the classes.",
    discussion: """
      Examples:
        flowmeter profile friday.csv --report profiles --png
        flowmeter profile --benign office.pcap --malicious scan.pcap --published

      No model is needed. Features come with the one that separates the classes best first. \
      --published takes the four features of FlowMeter's published figures: maximum and total \
      forward packet size, forward and backward mean inter-arrival time.
      """)

  @Argument(help: "Labeled tables, or captures with --label-rules.")
  var inputs: [String] = []

  @Option(
    name: .customLong("feature"),
    help: ArgumentHelp("Take this feature (repeatable); without it all.", valueName: "name"))
  var features: [String] = []

  @Flag(help: "Take the four features of FlowMeter's published figures.")
  var published = false

  @Option(
    help: ArgumentHelp(
      "Draw at most so many features (count); tables have all.", valueName: "count"))
  var top = 12

  @Option(
    help: ArgumentHelp(
      "Put features in order by Jensen-Shannon divergence, Kolmogorov-Smirnov distance or overlap.",
      valueName: "js|ks|overlap"))
  var rankBy: Separation.Measure = .jensenShannon

  @Option(
    help: ArgumentHelp(
      "Write profile.html, profile.json, profile.md and one SVG file a feature into this folder.",
      valueName: "folder"))
  var report: String?

  @Flag(help: "With --report, write figures as PNG, too (takes rsvg-convert).")
  var png = false

  @OptionGroup var input: InputOptions
  @OptionGroup var classes: ClassOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try input.validate(files: inputs)
    if top < 1 { throw ValidationError("--top takes a count of at least 1, not \(top).") }
    if png, report == nil { throw ValidationError("--png takes --report, for the files.") }
    if published, !features.isEmpty {
      throw ValidationError("--published names its features itself: leave out --feature.")
    }
  }

  func run() throws {
    let table = try input.read(inputs, classes: classes, common: common)
    let profiles = try common.console.during("counting") {
      try ProfileWorkflow(
        selection: published ? .published : features.isEmpty ? .all : .named(features),
        measure: rankBy, parallel: common.parallel
      ).run(table)
    }
    let limit = features.isEmpty ? top : max(top, features.count)
    if let report {
      try ProfileFiles(
        limit: limit, withPNG: png, title: "Profiles of \(ProfileWorkflow.title(of: table))"
      ).write(profiles, to: report)
    }
    try common.write(profiles) {
      ProfileRenderer(width: Console.width, usesColor: Console.isOutputTerminal)
        .render($0, limit: limit)
    }
  }
}

extension Separation.Measure: ExpressibleByArgument {}
