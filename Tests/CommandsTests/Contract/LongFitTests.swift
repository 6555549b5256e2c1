import Commands
import Foundation
import TestSupport
import Testing

/// `--checkpoint`, `--resume`, `--warm-start`, an interrupt on the way, and how long is left.
struct LongFitTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.file("flows.csv", SmallTables.generic(rows: 3_000))
  }

  private func shell(_ script: String) throws -> ToolResult {
    try Tool.shell(script, in: folder.url)
  }

  private static let boosting =
    "--set trees=1200 --set subsample=0.7 --set feature_fraction=0.7 --set learning_rate=0.01 "
    + "--set early_stopping_rounds=1000"
  private static let forest = "--learner random-forest --set trees=1200"

  /// The undisturbed run, then one that is interrupted once there is a checkpoint, then the rest.
  @Test(arguments: [boosting, forest])
  func aResumedRunGivesTheBytesOfAnUndisturbedOne(_ learner: String) throws {
    let result = try shell(
      """
      flowmeter train flows.csv -o whole.json \(learner) --quiet > whole.txt
      flowmeter train flows.csv -o m.json \(learner) --checkpoint half --checkpoint-every 100 \\
        --quiet 2> errors.txt & running=$!
      until [ -e half ]; do kill -0 $running; sleep 0.01; done
      kill -INT $running
      code=0; wait $running || code=$?
      echo "$code $(ls)"
      cat errors.txt
      flowmeter train flows.csv -o m.json \(learner) --checkpoint half --checkpoint-every 100 \\
        --resume > m.txt 2> errors.txt
      cmp whole.json m.json && echo same
      cat errors.txt
      """)
    #expect(result.status == 0, "\(result.errors)")
    let said = result.output
    #expect(said.hasPrefix("130 errors.txt\nflows.csv\nhalf\nwhole.json\nwhole.txt\n"), "\(said)")
    #expect(said.contains("flowmeter: interrupted; half holds "), "\(said)")
    #expect(said.contains("with --resume"))
    #expect(said.contains("\nsame\nflowmeter: resuming with "), "\(said)")
  }

  @Test func anInterruptBeforeTheFirstCheckpointSaysSo() throws {
    let result = try shell(
      """
      flowmeter train flows.csv -o m.json \(LongFitTests.boosting) --checkpoint half \\
        --checkpoint-every 1100 --quiet 2> errors.txt & running=$!
      sleep 0.25; kill -INT $running
      code=0; wait $running || code=$?
      echo "$code $(ls)"; cat errors.txt
      """)
    #expect(result.output.hasPrefix("130 errors.txt\nflows.csv\n"), "\(result.output)")
    #expect(!result.output.contains("partial"))
  }

  @Test func aWarmStartGivesTheBytesOfOneRun() throws {
    let result = try shell(
      """
      options="--set subsample=0.7 --quiet"
      flowmeter train flows.csv -o whole.json $options --set trees=30 > whole.txt
      flowmeter train flows.csv -o first.json $options --set trees=12 > first.txt
      flowmeter train flows.csv -o more.json $options --set trees=30 --warm-start first.json > m.txt
      cmp whole.json more.json && echo same
      """)
    #expect(result.output == "same\n", "\(result.output)\(result.errors)")
  }

  @Test func refusals() throws {
    let first = try shell(
      """
      flowmeter train flows.csv -o first.json --set trees=5 --checkpoint half --checkpoint-every 2 \\
        --quiet > first.txt
      """)
    #expect(first.status == 0, "\(first.errors)")
    func train(_ words: String) throws -> ToolResult {
      let words = words.split(separator: " ").map(String.init)
      return try Tool.flowmeter(["train", "flows.csv", "-o", "m.json"] + words, in: folder.url)
    }
    try train("--set trees=6 --checkpoint half --resume").expectError(
      65, naming: "half", "trees=5, not trees=6")
    try train("--set trees=5 --seed 1 --checkpoint half --resume").expectError(65, naming: "half")
    try train("--set trees=5 --checkpoint first.json --resume").expectError(
      65, naming: "first.json", "is no checkpoint")
    try train("--set trees=5 --checkpoint frob --resume").expectError(66, naming: "frob")
    #expect(try train("--set trees=5 --warm-start first.json").status == 64)
    try train("--learner random-forest --warm-start first.json").expectError(
      64, naming: "--warm-start", "gradient-boosting")
    for words in [
      "--resume", "--checkpoint-every 3", "--checkpoint half --checkpoint-every 0",
      "--checkpoint -", "--checkpoint m.json",
      "--learner logistic-regression --checkpoint half",
      "--learner logistic-regression --warm-start first.json",
    ] {
      #expect(try train(words).status == 64, "\(words)")
    }
    #expect(try folder.names() == ["first.json", "first.txt", "flows.csv", "half"])
    let summary = try Tool.flowmeter(["inspect", "half", "--json"], in: folder.url).json()
    #expect(summary.text("kind") == "checkpoint")
    #expect(summary.object("checkpoint")?.number("trees") == 4)
  }

  @Test func paceIsToldInWords() {
    var pace = Pace(unit: "trees")
    #expect(pace.words(after: 3.2) == "3 s")
    (pace.first, pace.done, pace.total) = (20, 20, 100)
    #expect(pace.words(after: 4) == "20 of 100 trees, 4 s")
    pace.done = 40
    // 20 trees took 10 seconds; 60 are left.
    #expect(pace.remaining(after: 10) == 30)
    #expect(pace.words(after: 10) == "40 of 100 trees, 10 s, about 30 s left")
    pace.done = 21
    #expect(pace.words(after: 60) == "21 of 100 trees, 1 min 0 s, about 1 h 19 min left")
  }

  /// On a terminal, as `script` gives one, a long fit shows how far it is.
  @Test func aTerminalShowsProgress() throws {
    let result = try shell(
      """
      command -v script > /dev/null || { echo "no script"; exit 0; }
      script -qec "timeout -s INT 3.5 flowmeter train flows.csv -o m.json --set trees=100000 \\
        --checkpoint half --checkpoint-every 100000" seen.txt > seen.out || true
      grep -q 'trees, .* left' seen.out && echo seen
      """)
    #expect(["seen\n", "no script\n"].contains(result.output), "\(result.output)\(result.errors)")
  }
}
