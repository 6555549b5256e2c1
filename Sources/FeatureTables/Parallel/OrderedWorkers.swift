import Foundation

/// Threads that turn inputs into outputs, which come back in the order of the inputs.
///
/// With one thread the work is done by whoever submits it. At most twice as many inputs as
/// threads are under way, which bounds the memory.
package struct OrderedWorkers<Input: Sendable, Output: Sendable>: ~Copyable {
  private struct Job: Sendable {
    let number: Int
    let input: Input
  }

  private let work: @Sendable (Input) -> Output
  private let jobs: Channel<Job>?
  private let results = Channel<(Int, Output)>(capacity: .max)
  private let limit: Int
  /// Outputs that came before an earlier one.
  private var waiting: [Int: Output] = [:]
  private var submitted = 0
  private var delivered = 0

  package init(threads: Int, _ work: @escaping @Sendable (Input) -> Output) {
    self.work = work
    limit = 2 * threads
    jobs = threads > 1 ? Channel(capacity: limit) : nil
    guard let jobs else { return }
    for _ in 0..<threads {
      let results = results
      Thread.detachNewThread {
        while let job = jobs.receive() { results.send((job.number, work(job.input))) }
      }
    }
  }

  deinit { jobs?.cancel() }

  /// Hands in the next input. `deliver` gets the outputs that are due.
  package mutating func submit<Failure: Error>(
    _ input: Input, deliver: (Output) throws(Failure) -> Void
  ) throws(Failure) {
    guard let jobs else { return try deliver(work(input)) }
    while submitted - delivered >= limit { try deliverNext(deliver) }
    jobs.send(Job(number: submitted, input: input))
    submitted += 1
    while let result = results.receiveIfReady() { waiting[result.0] = result.1 }
    while let output = waiting.removeValue(forKey: delivered) {
      delivered += 1
      try deliver(output)
    }
  }

  /// Waits for the outputs that are still to come.
  package mutating func finish<Failure: Error>(
    deliver: (Output) throws(Failure) -> Void
  ) throws(Failure) {
    while delivered < submitted { try deliverNext(deliver) }
  }

  private mutating func deliverNext<Failure: Error>(
    _ deliver: (Output) throws(Failure) -> Void
  ) throws(Failure) {
    while waiting[delivered] == nil, let result = results.receive() {
      waiting[result.0] = result.1
    }
    guard let output = waiting.removeValue(forKey: delivered) else { return }
    delivered += 1
    try deliver(output)
  }
}
