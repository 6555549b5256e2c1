/// Packets of one capture on their way from the decoder to the flows, and what became of the
/// others between them.
struct PacketBatch: Sendable {
  /// Small enough to stay in the cache between the two threads, large enough that handing it
  /// over costs nothing.
  static let capacity = 1_024

  var packets: [PacketHeader] = []
  /// Packets read for this batch, skipped ones included.
  var read = 0
  var skips = SkipCounts()
  /// The position of the capture in reading order.
  var capture: UInt32 = 0
  /// Set with the last batch of a capture.
  var captureEnded: CaptureDescription?
  /// Set with the first batch of a capture.
  var captureName: String?

  mutating func clear() {
    packets.removeAll(keepingCapacity: true)
    self = PacketBatch(packets: packets)
  }
}
