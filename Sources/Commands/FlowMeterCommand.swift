import ArgumentParser
import FeatureTables

/// The root of the tool `flowmeter`.
public struct FlowMeterCommand: ParsableCommand {
  /// Name, help and verbs.
  public static let configuration = CommandConfiguration(
    commandName: "flowmeter",
    abstract: "From packet captures to models of network traffic.",
    discussion: """
      Results go to standard output, remarks to standard error. Exit codes: 0 done, 1 a stated \
      requirement does not hold, 64 usage, 65 bad data, 66 no input, 70 our fault, 73 no output, \
      74 input or output failed, 130 interrupted.
      """,
    version: flowMeterVersion,
    subcommands: [
      Extract.self, Train.self, Tune.self, CrossValidate.self, Evaluate.self, Classify.self,
      Profile.self, Inspect.self, Datasets.self,
    ])

  /// Without arguments; parsing fills them in.
  public init() {}
}
