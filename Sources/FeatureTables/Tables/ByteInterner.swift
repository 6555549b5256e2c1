/// Gives each distinct run of bytes a code, in the order of their first appearance.
package struct ByteInterner: Sendable {
  package private(set) var entries: [[UInt8]] = []
  private var hashes: [UInt64] = []
  /// Open addressing: the index of an entry plus one, or 0.
  private var slots: [Int32] = Array(repeating: 0, count: 64)

  package init() {}

  /// The code of `bytes[start..<end]`, or nil where it would be a new entry beyond `limit`.
  package mutating func code(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, limit: Int
  ) -> Int32? {
    let hash = ByteInterner.hash(bytes, start, end)
    let (found, slot) = search(hash, bytes, start, end)
    if let found { return found }
    return entries.count < limit ? add(bytes, start, end, hash, slot) : nil
  }

  /// The code of `bytes[start..<end]`, which becomes an entry if it is none.
  package mutating func code(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    let hash = ByteInterner.hash(bytes, start, end)
    let (found, slot) = search(hash, bytes, start, end)
    return found ?? add(bytes, start, end, hash, slot)
  }

  private mutating func add(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ hash: UInt64, _ slot: Int
  ) -> Int32 {
    var entry: [UInt8] = []
    for index in start..<end { entry.append(bytes[index]) }
    entries.append(entry)
    hashes.append(hash)
    slots[slot] = Int32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return Int32(entries.count - 1)
  }

  /// The code of `bytes[start..<end]`, or nil where it is no entry.
  package func find(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int32? {
    search(ByteInterner.hash(bytes, start, end), bytes, start, end).found
  }

  /// FNV-1a, with the upper half folded in because slots take the lower bits.
  private static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<end {
      hash = (hash ^ UInt64(truncatingIfNeeded: bytes[index])) &* 0x100_0000_01B3
    }
    return hash ^ hash >> 32
  }

  /// The code of an entry, or the free slot where it belongs.
  private func search(
    _ hash: UInt64, _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> (found: Int32?, slot: Int) {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) &- 1
      if hashes[index] == hash, isEqual(entries[index], bytes, start, end) {
        return (Int32(truncatingIfNeeded: index), slot)
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return (nil, slot)
  }

  private func isEqual(_ entry: [UInt8], _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard entry.count == end &- start else { return false }
    for index in entry.indices where entry[index] != bytes[start &+ index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (index, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index + 1)
    }
  }
}
