/// What the CIC sets sum up of the packets of one direction, in a line and a half of the cache.
struct CICDirection: Sendable, BitwiseCopyable {
  private var gapSums = GapSums()
  private var lengthSquares: UInt128 = 0
  /// Nanoseconds: the time of the last packet.
  private var last: Int64 = 0
  private var lengthTotal: UInt64 = 0
  /// Bytes of transport headers.
  private(set) var headerTotal: UInt64 = 0
  private var shortest = UInt32.max
  private var longest: UInt32 = 0
  private(set) var packetCount: UInt32 = 0
  /// Packets with payload.
  private(set) var dataPacketCount: UInt32 = 0
  private var shortestHeader = UInt8.max

  /// - Parameter first: the time of the first packet of the direction, set where this is it.
  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, first: inout Int64) {
    let time = packet.time
    if packetCount == 0 {
      first = time
    } else {
      gapSums.add(microseconds(time &- last))
    }
    last = time
    packetCount &+= 1
    let length = packet.payloadLength
    lengthTotal &+= UInt64(length)
    lengthSquares &+= UInt128(square: UInt64(length))
    shortest = min(shortest, length)
    longest = max(longest, length)
    dataPacketCount &+= length > 0 ? 1 : 0
    headerTotal &+= UInt64(packet.headerLength)
    shortestHeader = min(shortestHeader, packet.headerLength)
  }

  /// Bytes of the shortest header; 0 where there is no packet.
  var headerMinimum: Double { packetCount == 0 ? 0 : Double(shortestHeader) }

  /// Bytes of payload.
  var lengths: Sample {
    Sample(
      count: UInt64(packetCount), sum: Int64(truncatingIfNeeded: lengthTotal),
      squares: lengthSquares, lowest: Int64(shortest), highest: Int64(longest))
  }

  /// Microseconds between consecutive packets.
  /// - Parameter first: the time of the first packet of the direction.
  func gaps(since first: Int64) -> Sample {
    gapSums.sample(packets: packetCount, over: packetCount == 0 ? 0 : last &- first)
  }
}

extension Sample {
  /// The values of both.
  static func + (left: Sample, right: Sample) -> Sample {
    if left.count == 0 { return right }
    if right.count == 0 { return left }
    return Sample(
      count: left.count + right.count, sum: left.sum &+ right.sum,
      squares: left.squares &+ right.squares, lowest: min(left.lowest, right.lowest),
      highest: max(left.highest, right.highest))
  }
}
