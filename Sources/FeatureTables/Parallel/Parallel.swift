import Dispatch
import Foundation
import Synchronization

/// How many threads work may use. Results never depend on it.
public struct Parallel: Sendable {
  /// The most threads to use at a time, at least 1.
  public let threads: Int

  /// - Parameter threads: by default one a processor; less than 1 counts as 1.
  public init(threads: Int = ProcessInfo.processInfo.activeProcessorCount) {
    self.threads = max(1, threads)
  }

  /// Calls `body` once for each index, in any order, on up to `threads` threads.
  public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(index)
      }
    }
  }

  /// The results of `body` for each index, in the order of the indices.
  public func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    forEach(count) { index in
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Results over fixed blocks of rows, in block order. Blocks depend on `rowCount` alone, so a
  /// fold over them gives the same bits for any number of threads.
  public func mapBlocks<Partial: Sendable>(
    rowCount: Int, rowsPerBlock: Int = 8_192, _ body: @Sendable (Range<Int>) -> Partial
  ) -> [Partial] {
    map((rowCount + rowsPerBlock - 1) / rowsPerBlock) { block in
      let start = block * rowsPerBlock
      return body(start..<min(start + rowsPerBlock, rowCount))
    }
  }
}
