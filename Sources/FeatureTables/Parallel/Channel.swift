import Foundation

/// A queue of bounded length between threads: whoever sends waits while it is full, whoever
/// receives waits while it is empty.
package final class Channel<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    /// Of `elements`, those before this were taken.
    var taken = 0
    var isClosed = false
    var isCancelled = false

    var count: Int { elements.count - taken }
  }

  private let capacity: Int
  private let condition = NSCondition()
  /// Safe: touched under the lock of `condition` alone.
  private nonisolated(unsafe) var state = State()

  package init(capacity: Int) {
    precondition(capacity > 0, "a channel holds at least one element")
    self.capacity = capacity
  }

  /// Adds an element; false, and the element is dropped, where nobody will take it any more.
  @discardableResult
  package func send(_ element: Element) -> Bool {
    condition.withLock {
      while unsafe state.count >= capacity, unsafe !state.isCancelled { condition.wait() }
      guard unsafe !state.isCancelled else { return false }
      unsafe state.elements.append(element)
      condition.broadcast()
      return true
    }
  }

  /// The next element; nil after the last, or once the channel is cancelled.
  package func receive() -> Element? {
    condition.withLock {
      while unsafe state.count == 0, unsafe !state.isClosed, unsafe !state.isCancelled {
        condition.wait()
      }
      return takeFirst()
    }
  }

  /// The next element, or nil where there is none at the moment.
  package func receiveIfReady() -> Element? {
    condition.withLock { takeFirst() }
  }

  /// Nothing more will be sent.
  package func close() {
    condition.withLock {
      unsafe state.isClosed = true
      condition.broadcast()
    }
  }

  /// Nothing more will be taken: what is in the queue is dropped, and nobody waits any longer.
  package func cancel() {
    condition.withLock {
      unsafe state.isCancelled = true
      unsafe state.elements.removeAll()
      unsafe state.taken = 0
      condition.broadcast()
    }
  }

  private func takeFirst() -> Element? {
    guard unsafe state.count > 0 else { return nil }
    let element = unsafe state.elements[state.taken]
    unsafe state.taken += 1
    if unsafe state.taken == state.elements.count {
      unsafe state.elements.removeAll(keepingCapacity: true)
      unsafe state.taken = 0
    } else if unsafe state.taken >= capacity {
      unsafe state.elements.removeFirst(state.taken)
      unsafe state.taken = 0
    }
    condition.broadcast()
    return element
  }
}
