import FeatureTables

/// Family response times: how long the other side takes for its first answers.
struct FlowMeter2ResponseTimes: FlowMeter2Family {
  private enum Phase: UInt8 { case before, asked, answered }

  private var synTime: Int64 = 0
  private var requestTime: Int64 = 0
  private(set) var handshake: UInt32 = 0
  private(set) var response: UInt32 = 0
  private var handshakePhase = Phase.before
  private var responsePhase = Phase.before

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    if packet.flags.contains(.syn), handshakePhase != .answered { noteSYN(packet.flags, place) }
    if packet.payloadLength > 0, responsePhase != .answered { notePayload(place) }
  }

  private mutating func noteSYN(_ flags: TCPFlags, _ place: FlowMeter2Place) {
    if place.direction == 0, !flags.contains(.ack) {
      synTime = place.time
      handshakePhase = .asked
    } else if place.direction == 1, flags.contains(.ack), handshakePhase == .asked {
      handshake = FlowMeter2Place.gap(from: synTime, to: place.time)
      handshakePhase = .answered
    }
  }

  private mutating func notePayload(_ place: FlowMeter2Place) {
    if place.direction == 0, responsePhase == .before {
      requestTime = place.time
      responsePhase = .asked
    } else if place.direction == 1, responsePhase == .asked {
      response = FlowMeter2Place.gap(from: requestTime, to: place.time)
      responsePhase = .answered
    }
  }
}

extension FlowMeter2Features {
  static let responseTimes: [Definition] = [
    define(
      "handshake_time", in: .microseconds,
      "From the last SYN forward to the first SYN+ACK backward; 0 without them."
    ) { Double($0.responseTimes.handshake) },
    define(
      "first_response_time", in: .microseconds,
      "From the first payload forward to the next payload backward; 0 without them."
    ) { Double($0.responseTimes.response) },
  ]
}
