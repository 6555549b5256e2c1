import FeatureExtraction
import FeatureTables

/// The sets whose flows and features `ReferenceCIC` makes.
enum CICSet: String, CaseIterable {
  case corrected = "cic"
  case original = "cic2017-compat"
  case published = "cic2022-compat"
}

/// What a packet is on the wire, whichever set looks at it.
struct WirePacket {
  /// Nanoseconds.
  var time: Int64 = 0
  var source = ""
  var destination = ""
  var sourcePort = 0
  var destinationPort = 0
  var protocolNumber = 6
  var isEthernet = true
  var isTagged = false
  var isVersion4 = true
  /// A later fragment, or a header of which too little was captured.
  var lacksHeader = false
  var isLaterFragment = false
  var header = 20
  /// Payload by the length field of IP, and captured bytes behind the header.
  var payload = 0
  var captured = 0
  var window = 0
  var flags: UInt8 = 0
  var type = 0
  var code = 0
}

/// A packet as a set sees it: section 1 of the definitions.
struct SeenPacket {
  /// Whole microseconds.
  let time: Int
  let source, destination: End
  let protocolNumber: Int
  let payload, header, window: Int
  let flags: UInt8
  let type, code: Int

  struct End: Hashable {
    let address: String
    let port: Int
  }

  func has(_ flag: UInt8) -> Bool { flags & flag != 0 }
  var isFIN: Bool { has(1) }
  var isSYN: Bool { has(2) }
  var isRST: Bool { has(4) }
  var isACK: Bool { has(16) }
  var isTCP: Bool { protocolNumber == 6 }
}

extension WirePacket {
  /// Nil where it is no packet for the set.
  func seen(by set: CICSet, stripsPadding: Bool = false) -> SeenPacket? {
    let known: Bool
    let length: Int
    switch set {
    case .corrected:
      known = true
      length = [6, 17, 132].contains(protocolNumber) && !lacksHeader ? payload : 0
    case .original:
      guard isEthernet, isVersion4 else { return nil }
      known = [6, 17].contains(protocolNumber) && !lacksHeader
      length = stripsPadding && !isTagged ? min(payload, captured) : captured
    case .published:
      guard isEthernet, isVersion4 else { return nil }
      known =
        [6, 17].contains(protocolNumber) && !lacksHeader
        || protocolNumber == 1 && !isLaterFragment
      length = isTagged ? captured : min(payload, captured)
    }
    let hasPorts = known && [6, 17, 132].contains(protocolNumber) && !lacksHeader
    return SeenPacket(
      time: Int(time) / 1_000 - (time % 1_000 < 0 ? 1 : 0),
      source: .init(address: source, port: hasPorts ? sourcePort : 0),
      destination: .init(address: destination, port: hasPorts ? destinationPort : 0),
      protocolNumber: known ? protocolNumber : 0, payload: hasPorts ? length : 0,
      header: hasPorts ? header : 0, window: hasPorts && protocolNumber == 6 ? window : 0,
      flags: hasPorts && protocolNumber == 6 ? flags : 0,
      type: [1, 58].contains(protocolNumber) && known ? type : -1,
      code: [1, 58].contains(protocolNumber) && known ? code : -1)
  }

  /// The facts of a packet of a capture; the decoder has tests of its own.
  init(_ header: PacketHeader) {
    let (lower, upper) = (header.key.lowerAddress, header.key.upperAddress)
    let isFromLower = header.isFromLower
    time = header.time
    source = (isFromLower ? lower : upper).description
    destination = (isFromLower ? upper : lower).description
    sourcePort = Int(isFromLower ? header.key.lowerPort : header.key.upperPort)
    destinationPort = Int(isFromLower ? header.key.upperPort : header.key.lowerPort)
    protocolNumber = Int(header.key.protocolNumber)
    isEthernet = header.traits.contains(.isEthernet)
    isTagged = header.traits.contains(.isTagged)
    isVersion4 = lower.isVersion4
    isLaterFragment = header.traits.contains(.isLaterFragment)
    lacksHeader = header.headerLength == 0
    self.header = Int(header.headerLength)
    payload = Int(header.payloadLength)
    captured = Int(header.capturedPayload)
    window = Int(header.window)
    flags = header.flags.rawValue
    type = Int(header.controlMessage >> 8)
    code = Int(header.controlMessage & 0xFF)
  }
}
