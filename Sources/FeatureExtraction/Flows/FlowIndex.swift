import CPrefetch

/// Where the flow of a hash lies in the slab: open addressing with linear probing.
///
/// Knows hashes and places only; whether the key at a place is the right one is for the caller.
struct FlowIndex: ~Copyable {
  /// Hash in the upper half, place plus one in the lower; 0 is free.
  private var slots: [UInt64]
  private var mask: Int
  private(set) var count = 0

  init(minimumCapacity: Int = 1 << 10) {
    var capacity = 16
    while capacity < minimumCapacity { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    mask = capacity - 1
  }

  /// The first slot from `slot` on that holds `hash`, or nil where a free one comes first.
  @inline(__always)
  func candidate(_ hash: UInt32, from slot: Int) -> Int? {
    var slot = slot & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      if UInt32(truncatingIfNeeded: entry >> 32) == hash { return slot }
      slot = (slot &+ 1) & mask
    }
  }

  /// Asks for the cache line where a search of `hash` begins.
  @inline(__always)
  func prefetch(_ hash: UInt32) {
    unsafe slots.withUnsafeBufferPointer { slots in
      // Safe: a prefetch reads nothing, whatever the address.
      unsafe prefetch_for_writing(slots.baseAddress.unsafelyUnwrapped + (Int(hash) & mask))
    }
  }

  /// The place in the slab that a used slot names.
  @inline(__always)
  func place(at slot: Int) -> Int {
    Int(slots[slot] & 0xFFFF_FFFF) &- 1
  }

  /// Adds a place under a hash; the caller knows that it is not there.
  mutating func insert(_ hash: UInt32, place: Int) {
    // Half full at most: probes stay short.
    if count * 2 >= slots.count { grow() }
    count += 1
    store(UInt64(hash) << 32 | UInt64(place + 1))
  }

  /// Frees a slot and closes the gap, so that no tombstones slow down later searches.
  mutating func remove(slot: Int) {
    var gap = slot
    var next = (slot + 1) & mask
    while slots[next] != 0 {
      let home = Int(slots[next] >> 32) & mask
      // An entry may move back as far as its home.
      if (next &- home) & mask >= (next &- gap) & mask {
        slots[gap] = slots[next]
        gap = next
      }
      next = (next + 1) & mask
    }
    slots[gap] = 0
    count -= 1
  }

  private mutating func store(_ entry: UInt64) {
    var slot = Int(entry >> 32) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = entry
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    mask = slots.count - 1
    for entry in old where entry != 0 { store(entry) }
  }
}
