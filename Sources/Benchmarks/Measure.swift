import Foundation

/// The shortest of several runs, in seconds, and the result of the last, so that no work is
/// dropped by the optimizer.
@inline(never)
func shortest<Result>(
  of rounds: Int = 3, _ body: () throws -> Result
) rethrows -> (seconds: Double, result: Result) {
  let clock = ContinuousClock()
  func run() throws -> (seconds: Double, result: Result) {
    let start = clock.now
    let result = try body()
    return ((clock.now - start) / .seconds(1), result)
  }
  var best = try run()
  for _ in 1..<rounds {
    let next = try run()
    best = (min(best.seconds, next.seconds), next.result)
  }
  return best
}

/// One line of the report: what, how fast, and how that compares within this run.
func report(_ name: String, _ speed: String, ratio: Double, to limit: String) {
  print("\(name): \(speed), \(rounded(ratio)) times \(limit)")
}

/// Three digits for people.
func rounded(_ value: Double) -> String {
  let digits: Double = value >= 100 ? 1 : value >= 10 ? 10 : 1_000
  return "\((value * digits).rounded() / digits)"
}

/// Largest resident memory of this process so far, in bytes.
func residentPeak() -> Int {
  var usage = rusage()
  _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1_024
}

/// What all threads of this process have used of the processors so far.
var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
