import ArgumentParser
import FeatureTables
import Learning
import Models

/// How a long fit of trees survives an interruption, and what it goes on from.
struct LongFitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the trees so far in this file, so that an interrupted fit can be resumed.",
      valueName: "file"))
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Write the checkpoint after every so many trees (count; with boosting rounds); 50 unless "
        + "said otherwise.",
      valueName: "count"))
  var checkpointEvery: Int?

  @Flag(
    help: ArgumentHelp(
      "Go on from the checkpoint, with the same input and settings; the model is, byte for byte, "
        + "that of a fit without an interruption."))
  var resume = false

  @Option(
    help: ArgumentHelp(
      "Add trees to this model until there are as many as --set trees says. On the rows and with "
        + "the settings of its training that is the model of one fit with all the trees.",
      valueName: "model"))
  var warmStart: String?

  func validate() throws {
    if let checkpointEvery, checkpointEvery < 1 {
      throw ValidationError(
        "--checkpoint-every takes a count of at least 1, not \(checkpointEvery).")
    }
    if checkpoint == nil, resume || checkpointEvery != nil {
      throw ValidationError(
        "\(resume ? "--resume" : "--checkpoint-every") needs the --checkpoint that it is about.")
    }
    if checkpoint == "-" || checkpoint == "" {
      throw ValidationError("--checkpoint takes a file: it is written whole, again and again.")
    }
  }

  func validate(for learner: LearnerName, output: String) throws {
    if learner == .logisticRegression, checkpoint != nil || warmStart != nil {
      throw ValidationError(
        "--checkpoint and --warm-start are about trees, and logistic-regression has none.")
    }
    if checkpoint == output {
      throw ValidationError("--checkpoint and --output need two different files.")
    }
  }

  /// Adds what was asked for to a training.
  /// - Throws: `DataError` where the model to begin with cannot be read.
  func apply(to training: inout Training, parallel: Parallel) throws(DataError) {
    training.checkpoints = checkpoint.map {
      CheckpointPlan(path: $0, interval: checkpointEvery ?? 50, resumes: resume)
    }
    if let warmStart {
      training.warmStart = try ModelDocument(path: warmStart, parallel: parallel).model
    }
  }
}
