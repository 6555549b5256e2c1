import FeatureTables
import Foundation
import Glibc
import Reports
import Synchronization

/// Where words for people go: results to standard output, the rest to standard error.
struct Console: Sendable {
  let isQuiet: Bool

  /// A remark on standard error.
  func note(_ text: String) {
    if !isQuiet { Console.writeError("flowmeter: \(text)\n") }
  }

  /// Something a person should act on, on standard error.
  func warn(_ text: String) {
    if !isQuiet { Console.writeError("flowmeter: warning: \(text)\n") }
  }

  /// Whether there is somebody to show progress to.
  var showsProgress: Bool { !isQuiet && isatty(STDERR_FILENO) == 1 }

  /// Does `work`; on a terminal, once it has taken two seconds, says what and for how long, and how
  /// far it is where it reports that to `pace`.
  func during<Result, Failure: Error>(
    _ title: String, pace: PaceKeeper? = nil, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard showsProgress else { return try work() }
    let ticker = ProgressTicker(title: title, pace: pace)
    defer { ticker.stop() }
    return try work()
  }

  /// Takes away what a terminal shows of progress.
  static func clearProgress() {
    if isatty(STDERR_FILENO) == 1 { writeError("\r\u{1B}[K") }
  }

  /// What went wrong, on standard error, quiet or not.
  static func fail(_ text: String) {
    // Names in it come from files: no control character may reach a terminal.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    writeError("flowmeter: \(lines.map { String($0).printable }.joined(separator: "\n"))\n")
  }

  static func writeError(_ text: String) {
    try? writeAll(Array(text.utf8), to: STDERR_FILENO, path: "standard error")
  }

  /// Result bytes on standard output.
  /// - Throws: `DataError` of kind `inputOutput`.
  static func write(_ bytes: [UInt8]) throws(DataError) {
    try writeAll(bytes, to: STDOUT_FILENO, path: "standard output")
  }

  /// Result text on standard output.
  /// - Throws: `DataError` of kind `inputOutput`.
  static func write(_ text: String) throws(DataError) {
    try writeAll(Array(text.utf8), to: STDOUT_FILENO, path: "standard output")
  }
}

/// A line on the terminal that counts the seconds of long work, and its parts.
private final class ProgressTicker {
  /// Written under the lock, so that no tick comes after the end.
  private struct State {
    var wasShown = false
    var isOver = false
  }

  private let timer = DispatchSource.makeTimerSource(queue: .global())
  private let state = Arc(State())

  init(title: String, pace: PaceKeeper?) {
    let start = ContinuousClock.now
    timer.schedule(deadline: .now() + 2, repeating: 1)
    timer.setEventHandler { [state] in
      state.value.withLock { state in
        guard !state.isOver else { return }
        state.wasShown = true
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let words = pace?.words(after: seconds) ?? Pace.duration(seconds)
        Console.writeError("\r\u{1B}[K\(title) … \(words)")
      }
    }
    timer.resume()
  }

  func stop() {
    timer.cancel()
    state.value.withLock { state in
      state.isOver = true
      if state.wasShown { Console.writeError("\r\u{1B}[K") }
    }
  }

  /// A lock that a closure can share.
  private final class Arc: Sendable {
    let value: Mutex<State>
    init(_ state: sending State) { value = Mutex(state) }
  }
}
