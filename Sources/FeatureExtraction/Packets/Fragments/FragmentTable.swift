/// Gives fragments after the first the key of their first, in whatever order they come.
///
/// A later fragment whose first is not known is held until that comes. It is released as it is,
/// a packet without ports, where 30 seconds of packet time pass, where the table is full, and at
/// the end of the input. What is remembered is bounded: the packet whose first fragment came
/// longest ago is forgotten first.
struct FragmentTable: Sendable {
  /// Nanoseconds for which the fragments of a packet wait for each other, as in RFC 8200.
  static let patience: Int64 = 30_000_000_000
  /// Fragmented packets that are remembered at a time.
  static let maximumPackets = 8_192
  /// Fragments that are held at a time.
  static let maximumHeld = 16_384

  /// One fragmented packet.
  private struct Entry {
    /// Tells the entry from earlier ones of the same name.
    let number: UInt64
    /// The packet time of the fragment that came first.
    let time: Int64
    /// The first fragment, decoded; nil as long as later ones wait for it.
    var first: PacketHeader?
    var held: [Held] = []
  }

  private struct Held {
    let order: UInt64
    var packet: PacketHeader
  }

  private var entries: [FragmentedPacket: Entry] = [:]
  /// Names in the order in which they came; of those whose number is an earlier one, nothing is
  /// left.
  private var queue = FragmentQueue()
  private var numbers: UInt64 = 0
  private var heldCount = 0
  private(set) var released: [PacketHeader] = []
  /// Packet time at which something held is due; beyond all times where nothing is.
  private(set) var deadline = Int64.max

  mutating func takeReleased() -> [PacketHeader] {
    defer { released.removeAll(keepingCapacity: true) }
    return released
  }

  /// Learns the key of a packet from its first fragment, and releases those that wait for it.
  mutating func note(_ name: FragmentedPacket, _ packet: PacketHeader) {
    let waiting = entries.removeValue(forKey: name)?.held ?? []
    heldCount -= waiting.count
    released += waiting.map { $0.packet.joined(to: packet) }
    add(name, at: packet.time, first: packet)
  }

  /// What a later fragment comes to: metered with the key of its first, or held.
  mutating func join(
    _ name: FragmentedPacket, _ packet: PacketHeader
  ) -> PacketDecoder.Result {
    // The clock of a capture may jump back: that ends nothing.
    if let entry = entries[name], packet.time &- entry.time <= FragmentTable.patience {
      if let first = entry.first { return .metered(packet.joined(to: first)) }
    } else {
      // What still waits under the name waits no longer.
      if let entry = entries.removeValue(forKey: name) { release(entry.held) }
      add(name, at: packet.time, first: nil)
    }
    hold(packet, of: name)
    return .held
  }

  /// Releases what waited for too long, seen from the time of a packet.
  @inline(never)
  mutating func expire(at time: Int64) {
    while deadline < time { forgetOldest() }
  }

  /// Releases everything, in the order in which it came.
  mutating func releaseAll() {
    release(entries.values.flatMap(\.held).sorted { $0.order < $1.order })
    entries.removeAll()
    queue.removeAll()
    setDeadline()
  }

  private mutating func add(_ name: FragmentedPacket, at time: Int64, first: PacketHeader?) {
    if queue.count == FragmentTable.maximumPackets { forgetOldest() }
    numbers += 1
    entries[name] = Entry(number: numbers, time: time, first: first)
    queue.append(name, number: numbers, time: time)
    setDeadline()
  }

  private mutating func hold(_ packet: PacketHeader, of name: FragmentedPacket) {
    numbers += 1
    entries[name]?.held.append(Held(order: numbers, packet: packet))
    heldCount += 1
    setDeadline()
    while heldCount > FragmentTable.maximumHeld { forgetOldest() }
  }

  private mutating func release(_ held: [Held]) {
    heldCount -= held.count
    released += held.map(\.packet)
  }

  private mutating func forgetOldest() {
    guard let oldest = queue.removeFirst() else { return }
    if let entry = entries[oldest.name], entry.number == oldest.number {
      entries[oldest.name] = nil
      release(entry.held)
    }
    setDeadline()
  }

  private mutating func setDeadline() {
    deadline =
      heldCount == 0
      ? .max
      : (queue.oldestTime ?? .max - FragmentTable.patience)
        + FragmentTable.patience
  }
}

extension PacketHeader {
  /// The packet as one of the flow of its first fragment.
  fileprivate func joined(to first: PacketHeader) -> PacketHeader {
    var packet = self
    packet.key = first.key
    packet.controlMessage = first.controlMessage
    packet.traits.subtract(.isFromLower)
    packet.traits.formUnion(first.traits.intersection([.isFromLower, .isTunneled]))
    return packet
  }
}
