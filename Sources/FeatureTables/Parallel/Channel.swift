import Foundation

/// A queue of bounded length between threads: whoever sends waits while it is full, whoever
/// receives waits while it is empty.
package final class Channel<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var isClosed = false
    var isCancelled = false
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
      while unsafe state.elements.count >= capacity, unsafe !state.isCancelled { condition.wait() }
      guard unsafe !state.isCancelled else { return false }
      unsafe state.elements.append(element)
      condition.broadcast()
      return true
    }
  }

  /// The next element; nil after the last, or once the channel is cancelled.
  package func receive() -> Element? {
    condition.withLock {
      while unsafe state.elements.isEmpty, unsafe !state.isClosed, unsafe !state.isCancelled {
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
      condition.broadcast()
    }
  }

  private func takeFirst() -> Element? {
    guard unsafe !state.elements.isEmpty else { return nil }
    condition.broadcast()
    // Queues are short; and nothing of what is taken stays behind, so that its next owner can
    // change it where it is.
    return unsafe state.elements.removeFirst()
  }
}
