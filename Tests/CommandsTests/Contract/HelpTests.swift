import TestSupport
import Testing

/// What `--help` and wrong calls say.
struct HelpTests {
  static let verbs = [
    "extract", "train", "tune", "crossval", "evaluate", "profile", "classify", "inspect",
    "datasets",
    "datasets list", "datasets show", "datasets verify", "datasets rules",
  ]

  private func call(_ words: String) throws -> ToolResult {
    try Tool.flowmeter(words.split(separator: " ").map(String.init))
  }

  @Test(arguments: verbs) func helpShowsTwoExamplesThatCanBeCopied(_ verb: String) throws {
    let help = try call("\(verb) --help")
    #expect(help.status == 0)
    let lines = help.output.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "Examples:"))
    let examples = lines[(start + 1)...].prefix { !$0.isEmpty }
    #expect(
      examples.count {
        $0.hasPrefix("  flowmeter \(verb)")
          || $0.hasPrefix("  flowmeter \(verb.split(separator: " ")[0]) ")
      } >= 2)
    for line in examples {
      // Nothing was wrapped: a line is a command or goes on after a backslash.
      #expect(line.hasPrefix("  flowmeter ") || line.hasPrefix("    --"), "\(line)")
    }
  }

  @Test(arguments: verbs.filter { $0 != "datasets" }) func commonOptions(_ verb: String) throws {
    let help = try call("\(verb) --help").output
    for option in ["--json", "--threads", "--seed", "--quiet"] {
      #expect(help.contains(option), "\(verb) has no \(option)")
    }
  }

  @Test func theToolItself() throws {
    #expect(try call("--help").status == 0)
    let version = try call("--version")
    #expect(version.status == 0)
    #expect(version.output.split(separator: ".").count == 3)
    #expect(try call("").status == 0)
  }

  @Test func evaluateIsAToolOfItsOwn() throws {
    let help = try Tool.run(
      Tool.folder.appending(path: "Evaluate"), ["--help"], in: nil, input: nil)
    #expect(help.status == 0)
    #expect(help.output.contains("--require"))
  }

  @Test(arguments: [
    "frob", "train", "train a.csv", "train -o m.json", "train a.csv -o -", "extract",
    "train a.csv -o m.json --frob", "train a.csv -o m.json --learner svm",
    "train a.csv -o m.json --threads 0", "train a.csv -o m.json --validation 1.5",
    "train a.csv -o m.json --benign b.pcap", "train a.csv -o m.json --validation none --report r",
    "crossval a.csv --folds 1", "crossval a.csv --repeats 0",
    "crossval a.csv --split time --repeats 2", "tune a.csv -o m.json --folds 1",
    "tune a.csv -o m.json --trials 0", "tune a.csv -o m.json --preset flowmeter --trials 3",
    "classify", "classify m.json", "classify m.json a.csv --json",
    "classify m.json a.csv --threshold 2", "classify m.json a.csv --format xml", "inspect",
    "inspect a.csv --limit 0", "extract a.pcap --json", "extract a.pcap --idle-timeout soon",
    "extract a.pcap --label x --label-rules y", "extract a.pcap --max-flows 0",
    "evaluate m.json a.csv --require recall=>1", "evaluate m.json a.csv --require fame>=1",
    "train a.csv -o m.json --set frob=1", "train a.csv -o m.json --set trees=none",
    "train a.csv -o m.json --set trees", "datasets show frob", "extract a.pcap --features frob",
  ])
  func wrongCallsAreUsage(_ words: String) throws {
    let result = try call(words)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("--help") || result.errors.contains("help:"))
  }

  @Test func anUnknownHyperparameterPrintsTheList() throws {
    let names = [
      "gradient-boosting": [
        "trees", "learning_rate", "leaves", "depth", "min_samples_leaf", "min_child_weight",
        "min_gain", "l2", "subsample", "feature_fraction", "bins", "growth",
        "early_stopping_rounds", "sampling", "top_rate", "other_rate", "monotone_constraints",
        "class_weight",
      ],
      "random-forest": [
        "trees", "depth", "features_per_split", "min_samples_leaf", "bootstrap",
        "extra_randomized", "class_weight",
      ],
      "logistic-regression": [
        "penalty", "c", "l1_ratio", "intercept", "standardize", "tolerance", "max_iterations",
        "class_weight",
      ],
    ]
    for (learner, names) in names {
      let result = try call("train a.csv -o m.json --learner \(learner) --set frob=1")
      #expect(result.status == 64)
      for name in names { #expect(result.errors.contains("\n  \(name) "), "\(learner) \(name)") }
    }
  }
}
