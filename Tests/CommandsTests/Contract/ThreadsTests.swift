import Foundation
import TestSupport
import Testing

/// `--threads` reaches the reading of captures, in every verb that reads them.
struct ThreadsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.file("a.pcap", SmallCaptures.capture(flows: 30, payload: 100).pcap())
    try folder.file("b.pcap", SmallCaptures.capture(flows: 30, payload: 3, start: 9_000).pcap())
    let trained = try Tool.shell(
      "flowmeter train --benign a.pcap --malicious b.pcap -o model.json \(Self.quick)",
      in: folder.url)
    #expect(trained.status == 0, "\(trained.errors)")
  }

  private static let quick = "--learner random-forest --set trees=5 --quiet"

  /// What the process says of its threads while it waits for the rest of a capture: reading has a
  /// thread of its own where there may be two, and none where there may be one.
  @Test(arguments: [
    "extract pipe --quiet", "classify model.json pipe --quiet",
    "evaluate model.json --benign pipe --malicious b.pcap --quiet",
    "train --benign pipe --malicious b.pcap -o other.json \(quick)",
    "crossval --benign pipe --malicious b.pcap --folds 2 \(quick)",
    "tune --benign pipe --malicious b.pcap -o other.json --folds 2 --trials 1 --learner "
      + "random-forest --try trees=5 --quiet",
  ])
  func readingGoesByTheOption(_ command: String) throws {
    let result = try Tool.shell(
      """
      mkfifo pipe
      for threads in 1 4; do
        flowmeter \(command) --threads $threads < /dev/null > output-$threads & running=$!
        exec 9> pipe; head -c 3000 a.pcap >&9
        most=0
        for attempt in $(seq 20); do
          count=$(ls /proc/$running/task | wc -l)
          most=$((count > most ? count : most))
          sleep 0.02
        done
        echo $most
        tail -c +3001 a.pcap >&9; exec 9>&-
        wait $running
      done
      """, in: folder.url)
    #expect(result.status == 0, "\(result.errors)")
    let counts = result.lines.compactMap { Int($0) }
    #expect(counts.count == 2 && counts[0] < counts[1], "\(counts)")
    guard command.hasPrefix("extract") || command.hasPrefix("classify") else { return }
    #expect(try folder.bytes("output-1") == folder.bytes("output-4"))
  }
}
