/// Cut flows that a later packet may go on with: what is left of each, by key.
struct TraceTable<Assembly: FlowAssembly>: ~Copyable {
  private struct Entry: BitwiseCopyable {
    let key: FlowKey
    let hashed: UInt32
    let trace: FlowTrace<Assembly>
  }

  static var bytesPerTrace: Int { MemoryLayout<Entry>.stride + 8 + 2 * 16 }

  private let maximum: Int
  private var index = FlowIndex(minimumCapacity: 16)
  private var recency = RecencyList()
  private var entries: [Entry] = []
  private var freePlaces: [Int] = []

  /// - Parameter maximum: the oldest is forgotten where one more would come.
  init(maximum: Int?) { self.maximum = maximum ?? .max }

  var isEmpty: Bool { index.count == 0 }

  /// Remembers a flow; none is remembered under the key.
  mutating func insert(_ key: FlowKey, hashed: UInt32, _ trace: FlowTrace<Assembly>) {
    guard maximum > 0 else { return }
    if index.count >= maximum, let oldest = recency.oldest { remove(oldest) }
    let place = freePlaces.popLast() ?? entries.count
    let entry = Entry(key: key, hashed: hashed, trace: trace)
    if place == entries.count { entries.append(entry) } else { entries[place] = entry }
    recency.append(place)
    index.insert(hashed, place: place)
  }

  /// Asks for where a search of a hash begins.
  @inline(__always)
  func prefetch(_ hashed: UInt32) { index.prefetch(hashed) }

  /// Gives back what is remembered under a key, and forgets it.
  mutating func take(_ key: borrowing FlowKey, hashed: UInt32) -> FlowTrace<Assembly>? {
    guard let slot = slot(of: key, hashed: hashed) else { return nil }
    let place = index.place(at: slot)
    let trace = entries[place].trace
    remove(place)
    return trace
  }

  /// Forgets flows whose memory is over for every packet from `horizon` on.
  mutating func expire(before horizon: Int64) {
    while let place = recency.oldest {
      let trace = entries[place].trace
      let (end, isNever) = trace.last.addingReportingOverflow(trace.assembly.memory)
      guard !isNever, end < horizon else { return }
      remove(place)
    }
  }

  private func slot(of key: borrowing FlowKey, hashed: UInt32) -> Int? {
    var start = Int(hashed)
    while let slot = index.candidate(hashed, from: start) {
      if entries[index.place(at: slot)].key == key { return slot }
      start = slot &+ 1
    }
    return nil
  }

  private mutating func remove(_ place: Int) {
    guard let slot = slot(of: entries[place].key, hashed: entries[place].hashed) else {
      preconditionFailure("a remembered flow is not in its index")
    }
    index.remove(slot: slot)
    recency.remove(place)
    freePlaces.append(place)
  }
}
