import Foundation
import Synchronization

/// Threads that stay at hand for many short rounds of work: what takes some microseconds is over
/// before the scheduler would have woken anybody.
///
/// Between rounds the helpers look out for work for a fraction of a millisecond, then they sleep.
/// Whoever asks for work does it too, and does not wait for a helper that has not come: on a busy
/// machine nothing is lost but the help.
package final class WorkerTeam: Sendable {
  private let board: Board

  /// - Parameter threads: how many work on a round, the asking one included.
  package init(threads: Int) {
    board = Board(helpers: max(1, threads) - 1)
    for _ in 0..<board.helpers {
      let board = board
      Thread.detachNewThread { board.serve() }
    }
  }

  deinit { board.stop() }

  /// Calls `body` once for each index, in any order, on the threads of the team. To be called by
  /// one thread at a time, and not from within `body`.
  package func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard board.helpers > 0, count > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { board.run(count, $0) }
  }
}

/// What the threads of a team share.
private final class Board: Sendable {
  let helpers: Int
  /// Counts up where a round begins and where it ends, so that it is odd within one.
  private let epoch = Atomic<Int>(0)
  /// The next index of the round.
  private let next = Atomic<Int>(0)
  /// Helpers within the round.
  private let active = Atomic<Int>(0)
  private let sleeping = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let alarm = DispatchSemaphore(value: 0)
  /// Safe: written only between rounds, when no helper is active.
  private nonisolated(unsafe) var round: (count: Int, body: @Sendable (Int) -> Void)?

  private static let patience = Duration.microseconds(200)

  init(helpers: Int) { self.helpers = helpers }

  func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    unsafe round = (count, body)
    next.store(0, ordering: .relaxed)
    epoch.wrappingAdd(1, ordering: .sequentiallyConsistent)
    wake()
    work(count, body)
    epoch.wrappingAdd(1, ordering: .sequentiallyConsistent)
    while active.load(ordering: .sequentiallyConsistent) > 0 { sched_yield() }
    unsafe round = nil
  }

  func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    for _ in 0..<helpers { alarm.signal() }
  }

  /// What a helper does until the team is gone.
  func serve() {
    var seen = 0
    while let current = nextRound(after: seen) {
      seen = current
      active.wrappingAdd(1, ordering: .sequentiallyConsistent)
      // The round may be over by now; if not, it cannot end while this one is active.
      if epoch.load(ordering: .sequentiallyConsistent) == current,
        let (count, body) = unsafe round
      {
        work(count, body)
      }
      active.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    }
  }

  private func work(_ count: Int, _ body: @Sendable (Int) -> Void) {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
    }
  }

  /// Waits for a round; nil where the team is gone.
  private func nextRound(after seen: Int) -> Int? {
    while true {
      let end = ContinuousClock.now + Board.patience
      repeat {
        for _ in 0..<64 {
          let current = epoch.load(ordering: .sequentiallyConsistent)
          if current & 1 == 1, current != seen { return current }
        }
        if isStopped.load(ordering: .relaxed) { return nil }
        // Others who want the processor go first.
        sched_yield()
      } while ContinuousClock.now < end
      sleeping.wrappingAdd(1, ordering: .sequentiallyConsistent)
      let current = epoch.load(ordering: .sequentiallyConsistent)
      if current & 1 == 0 || current == seen { alarm.wait() }
      sleeping.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    }
  }

  private func wake() {
    for _ in 0..<min(helpers, sleeping.load(ordering: .sequentiallyConsistent)) { alarm.signal() }
  }
}
