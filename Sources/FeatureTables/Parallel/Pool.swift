import Synchronization

/// Things that are costly to make, kept for whoever needs one next. The one given back last comes
/// first: it is the likeliest to lie in the cache still.
package final class Pool<Element: Sendable>: Sendable {
  private let free = Mutex<[Element]>([])

  package init() {}

  /// One that was given back, or nil where none is left.
  package func take() -> Element? { free.withLock { $0.popLast() } }

  package func give(_ element: Element) { free.withLock { $0.append(element) } }
}
