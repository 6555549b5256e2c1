/// The names of fragmented packets in the order in which they came.
struct FragmentQueue: Sendable {
  struct Element: Sendable {
    let name: FragmentedPacket
    let number: UInt64
    let time: Int64
  }

  private var elements: [Element] = []
  /// Those before it were taken out.
  private var start = 0

  var count: Int { elements.count - start }

  /// The time of the one that came first.
  var oldestTime: Int64? { start < elements.count ? elements[start].time : nil }

  mutating func append(_ name: FragmentedPacket, number: UInt64, time: Int64) {
    elements.append(Element(name: name, number: number, time: time))
  }

  mutating func removeFirst() -> Element? {
    guard start < elements.count else { return nil }
    let element = elements[start]
    start += 1
    // Half is unused: the rest moves, which costs each element one move on average.
    if start * 2 >= elements.count {
      elements.removeFirst(start)
      start = 0
    }
    return element
  }

  mutating func removeAll() {
    elements.removeAll()
    start = 0
  }
}
