/// The open flows. Packets go in by `observe` and `add`; ended flows pile up in `ended`.
///
/// A flow ends where a packet of its key says so, where no packet can belong to it any more
/// (`PacketClock`), where the table is full, and where the input ends. Flows leave in an order
/// that packets alone decide: by the packet that ended them, else by the time of last use.
package struct FlowTable<Assembly: FlowAssembly, Accumulators: FlowAccumulators>: ~Copyable {
  package typealias Flow = FlowState<Assembly, Accumulators>

  package struct Ended: Sendable {
    package let flow: Flow
    package let reason: EndReason
  }

  private let rules: FlowRules
  private let hash: FlowHash
  private var index = FlowIndex()
  private var recency = RecencyList()
  private var flows = FlowSlab<Flow>()
  private var freePlaces: [Int] = []
  /// Flows that left the table by age and can go on.
  private var traces: TraceTable<Assembly>
  private var clock = PacketClock()
  /// Flows that ended since the last `takeEnded`, in order.
  package private(set) var ended: [Ended] = []

  package init(
    rules: FlowRules, using generator: inout some RandomNumberGenerator
  ) {
    precondition(rules.maximumFlows ?? 1 >= 1, "a table holds at least one flow")
    self.rules = rules
    hash = FlowHash(using: &generator)
    // A trace takes about a fifth of the room of a flow.
    traces = TraceTable(maximum: rules.maximumFlows.map { $0 / 2 })
  }

  /// Bytes of memory for an open flow: its state, its links, and two slots of the index, which
  /// is between a quarter and half full.
  package static var bytesPerFlow: Int { MemoryLayout<Flow>.stride + 8 + 2 * 16 }

  /// The same with what a cap on flows allows besides: one trace for two flows.
  package static var bytesPerFlowAtMost: Int {
    bytesPerFlow + TraceTable<Assembly>.bytesPerTrace / 2
  }

  /// Open flows.
  package var count: Int { index.count }

  /// Moves packet time on and ends flows that no packet can join any more. To be called for each
  /// packet before `add`, also for packets that belong to a table elsewhere.
  @inline(__always)
  package mutating func observe(_ time: Int64) {
    if clock.observe(time) { expire() }
  }

  /// Adds packets in order, those that `isMember` leaves out for their time alone.
  ///
  /// Each packet meets its flow somewhere in memory. To wait for that would take more time than
  /// all else, so that it is asked for while the packets before are worked on: first the index,
  /// then the flow.
  /// - Parameters:
  ///   - capture: the number of the capture that holds the packets.
  ///   - isMember: whether a packet belongs to this table.
  @inline(__always)
  package mutating func add(
    _ packets: Span<PacketHeader>, capture: UInt32, where isMember: (FlowKey) -> Bool
  ) {
    var hashes = InlineArray<16, UInt32>(repeating: 0)
    let ahead = Self.packetsAhead
    for index in 0..<min(2 * ahead, packets.count) { ask(packets, index, &hashes) }
    for index in packets.indices {
      observe(packets[index].time)
      if isMember(packets[index].key) {
        add(packets[index], hashed: hashes[index & 15], capture: capture)
      }
      if index + ahead < packets.count { askForFlow(hashes[(index + ahead) & 15]) }
      if index + 2 * ahead < packets.count { ask(packets, index + 2 * ahead, &hashes) }
    }
  }

  private static var packetsAhead: Int { 8 }

  @inline(__always)
  private func ask(
    _ packets: Span<PacketHeader>, _ number: Int, _ hashes: inout InlineArray<16, UInt32>
  ) {
    let hashed = hash(packets[number].key)
    hashes[number & 15] = hashed
    index.prefetch(hashed)
  }

  @inline(__always)
  private func askForFlow(_ hashed: UInt32) {
    guard let slot = index.candidate(hashed, from: Int(hashed)) else {
      return traces.prefetch(hashed)
    }
    let place = index.place(at: slot)
    flows.prefetch(place, bytes: MemoryLayout<Flow>.size)
    recency.prefetch(place)
  }

  /// Asks for what ending the flows after the one at `place` will touch: of the next one its place in
  /// the index and in the traces, and the whole of the one after it, whose key is not at hand yet.
  @inline(__always)
  private func askForNewer(than place: Int) {
    guard let next = recency.newer(than: place) else { return }
    let hashed = flows.look(at: next) { hash($0.key) }
    index.prefetch(hashed)
    traces.prefetch(hashed)
    guard let second = recency.newer(than: next) else { return }
    flows.prefetch(second, bytes: MemoryLayout<Flow>.size)
    recency.prefetch(second)
  }

  /// Adds a packet to its flow, or starts one.
  /// - Parameter capture: the number of the capture that holds the packet.
  @inline(__always)
  package mutating func add(_ packet: borrowing PacketHeader, capture: UInt32) {
    add(packet, hashed: hash(packet.key), capture: capture)
  }

  @inline(__always)
  private mutating func add(_ packet: borrowing PacketHeader, hashed: UInt32, capture: UInt32) {
    guard let place = place(of: packet.key, hashed: hashed) else {
      insert(packet, hashed: hashed, capture: capture)
      return
    }
    switch flows[place].take(packet, rules: rules) {
    case .add:
      recency.touch(place)
    case .addAndEnd(let reason):
      remove(place, reason: reason, mayContinue: false)
    case .restart(let reason, let isContinuing):
      let flow = flows[place]
      ended.append(Ended(flow: flow, reason: reason))
      flows[place] = Flow(
        first: packet, continuing: isContinuing ? flow.trace : nil, capture: capture)
      recency.touch(place)
    }
  }

  /// Ends flows because there is no more input, the one not seen for longest first. In parts, as
  /// all of them at once would take the memory of the table again.
  /// - Returns: false when none is left.
  @discardableResult
  package mutating func endOfInput(atMost count: Int = .max) -> Bool {
    var left = count
    while left > 0, let place = recency.oldest {
      askForNewer(than: place)
      remove(place, reason: .endOfInput, mayContinue: false)
      left -= 1
    }
    return recency.oldest != nil
  }

  /// Hands over the flows that ended since the last time.
  /// - Parameter room: an empty array that has room already: fresh memory costs more than what is
  ///   written there.
  package mutating func takeEnded(leaving room: [Ended] = []) -> [Ended] {
    precondition(room.isEmpty, "what lies there would count as ended")
    let taken = ended
    ended = room
    return taken
  }

  @inline(__always)
  private func place(of key: borrowing FlowKey, hashed: UInt32) -> Int? {
    slot(of: key, hashed: hashed).map { index.place(at: $0) }
  }

  @inline(__always)
  private func slot(of key: FlowKey, hashed: UInt32) -> Int? {
    var start = Int(hashed)
    while let slot = index.candidate(hashed, from: start) {
      if flows.look(at: index.place(at: slot), { $0.key == key }) { return slot }
      start = slot &+ 1
    }
    return nil
  }

  private mutating func insert(
    _ packet: borrowing PacketHeader, hashed: UInt32, capture: UInt32
  ) {
    if let maximum = rules.maximumFlows, index.count >= maximum, let oldest = recency.oldest {
      askForNewer(than: oldest)
      remove(oldest, reason: .evicted, mayContinue: false)
    }
    var flow = Flow(first: packet, capture: capture)
    if !traces.isEmpty, let trace = traces.take(packet.key, hashed: hashed) {
      var assembly = trace.assembly
      let step = assembly.step(packet, start: trace.start, last: trace.last, rules: rules)
      if case .restart(_, continuing: true) = step {
        flow = Flow(first: packet, continuing: trace, capture: capture)
      }
    }
    let place = freePlaces.popLast() ?? flows.count
    if place == flows.count { flows.append(flow) } else { flows[place] = flow }
    recency.append(place)
    index.insert(hashed, place: place)
  }

  /// A flow can take no more packets once the time-out that comes first is over for all of them.
  private mutating func expire() {
    let timeout = min(rules.idleTimeout, rules.ageLimit)
    guard timeout != FlowRules.never else { return }
    let reason: EndReason = rules.idleTimeout <= rules.ageLimit ? .idle : .age
    while let place = recency.oldest {
      let latest = flows.look(at: place) { max($0.start, $0.last) }
      let (deadline, isNever) = latest.addingReportingOverflow(timeout)
      guard !isNever, deadline < clock.horizon else { break }
      askForNewer(than: place)
      remove(place, reason: reason, mayContinue: true)
    }
    traces.expire(before: clock.horizon)
  }

  private mutating func remove(_ place: Int, reason: EndReason, mayContinue: Bool) {
    let (key, trace) = flows.look(at: place) { ($0.key, $0.trace) }
    // A closed connection has ended, whatever makes its row leave, unless a late packet might
    // still have come.
    let isTCPEnd = trace.assembly.isClosed && reason != .evicted
    ended.append(Ended(flow: flows[place], reason: isTCPEnd ? .tcpEnd : reason))
    let hashed = hash(key)
    guard let slot = slot(of: key, hashed: hashed) else {
      preconditionFailure("a flow in the table is not in its index")
    }
    index.remove(slot: slot)
    recency.remove(place)
    freePlaces.append(place)
    if mayContinue, trace.assembly.memory > 0 { traces.insert(key, hashed: hashed, trace) }
  }
}
