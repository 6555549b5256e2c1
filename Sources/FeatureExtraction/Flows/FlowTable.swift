/// The open flows. Packets go in by `observe` and `add`; ended flows pile up in `ended`.
///
/// A flow ends where a packet of its key says so, where no packet can belong to it any more
/// (`PacketClock`), where the table is full, and where the input ends. Flows leave in an order
/// that packets alone decide: by the packet that ended them, else by the time of last use.
package struct FlowTable<Accumulators: FlowAccumulators>: ~Copyable {
  package struct Ended: Sendable {
    package let flow: FlowState<Accumulators>
    package let reason: EndReason
  }

  private let rules: FlowRules
  private let hash: FlowHash
  private var index = FlowIndex()
  private var recency = RecencyList()
  private var flows: [FlowState<Accumulators>] = []
  private var freePlaces: [Int] = []
  private var clock = PacketClock()
  /// Flows that ended since the last `removeEnded`, in order.
  package private(set) var ended: [Ended] = []

  package init(
    rules: FlowRules, using generator: inout some RandomNumberGenerator
  ) {
    precondition(rules.maximumFlows ?? 1 >= 1, "a table holds at least one flow")
    self.rules = rules
    hash = FlowHash(using: &generator)
  }

  /// Open flows.
  package var count: Int { index.count }

  /// Moves packet time on and ends flows that no packet can join any more. To be called for each
  /// packet before `add`, also for packets that belong to a table elsewhere.
  @inline(__always)
  package mutating func observe(_ time: Int64) {
    if clock.observe(time) { expire() }
  }

  /// Adds a packet to its flow, or starts one.
  /// - Parameter capture: the number of the capture that holds the packet.
  @inline(__always)
  package mutating func add(_ packet: borrowing PacketHeader, capture: UInt32) {
    let hashed = hash(packet.key)
    guard let place = place(of: packet.key, hashed: hashed) else {
      insert(packet, hashed: hashed, capture: capture)
      return
    }
    if let reason = flows[place].end(before: packet, rules: rules) {
      ended.append(Ended(flow: flows[place], reason: reason))
      flows[place] = FlowState(first: packet, capture: capture)
    } else {
      flows[place].add(packet)
    }
    recency.touch(place)
  }

  /// Ends all flows, the one not seen for longest first.
  package mutating func endOfInput() {
    while let place = recency.oldest { remove(place, reason: .endOfInput) }
  }

  package mutating func removeEnded() { ended.removeAll(keepingCapacity: true) }

  @inline(__always)
  private func place(of key: borrowing FlowKey, hashed: UInt32) -> Int? {
    slot(of: key, hashed: hashed).map { index.place(at: $0) }
  }

  @inline(__always)
  private func slot(of key: borrowing FlowKey, hashed: UInt32) -> Int? {
    var start = Int(hashed)
    while let slot = index.candidate(hashed, from: start) {
      if flows[index.place(at: slot)].key == key { return slot }
      start = slot &+ 1
    }
    return nil
  }

  private mutating func insert(
    _ packet: borrowing PacketHeader, hashed: UInt32, capture: UInt32
  ) {
    if let maximum = rules.maximumFlows, index.count >= maximum, let oldest = recency.oldest {
      remove(oldest, reason: .evicted)
    }
    let flow = FlowState<Accumulators>(first: packet, capture: capture)
    let place = freePlaces.popLast() ?? flows.count
    if place == flows.count { flows.append(flow) } else { flows[place] = flow }
    recency.append(place)
    index.insert(hashed, place: place)
  }

  private mutating func expire() {
    guard rules.idleTimeout != FlowRules.never else { return }
    while let place = recency.oldest {
      let (deadline, isNever) = flows[place].clock.addingReportingOverflow(rules.idleTimeout)
      guard !isNever, deadline < clock.horizon else { return }
      remove(place, reason: .idle)
    }
  }

  private mutating func remove(_ place: Int, reason: EndReason) {
    let flow = flows[place]
    // A closed connection has ended, whatever makes its row leave, unless a late packet might
    // still have come.
    let isTCPEnd = flow.isClosed && reason != .evicted
    ended.append(Ended(flow: flow, reason: isTCPEnd ? .tcpEnd : reason))
    guard let slot = slot(of: flow.key, hashed: hash(flow.key)) else {
      preconditionFailure("a flow in the table is not in its index")
    }
    index.remove(slot: slot)
    recency.remove(place)
    freePlaces.append(place)
  }
}
