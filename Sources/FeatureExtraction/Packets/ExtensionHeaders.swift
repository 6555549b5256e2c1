/// The extension headers of an IPv6 packet, followed as far as they were captured.
struct ExtensionHeaders {
  /// What the last header that was read names.
  private(set) var next: UInt8
  /// Where the last header that was read ends.
  private(set) var end: Int
  /// Whether what `next` names begins at `end`, and is no later part of a fragmented packet.
  private(set) var isWhole = true
  private(set) var traits: PacketTraits = []
  private(set) var identification: UInt32 = 0

  @inline(__always)
  init(next: UInt8, at offset: Int) {
    self.next = next
    end = offset
  }

  /// Whether `next` names one more extension header.
  @inline(__always)
  var isExtended: Bool {
    switch next {
    case IPProtocol.hopByHop, IPProtocol.routing, IPProtocol.destinationOptions,
      IPProtocol.shim6, IPProtocol.hostIdentity, IPProtocol.mobility, IPProtocol.authentication,
      IPProtocol.fragment:
      true
    default: false
    }
  }

  /// All that were captured. Each is at least 8 bytes long, which bounds the steps.
  func followed(in bytes: RawSpan) -> ExtensionHeaders {
    var headers = self
    while headers.isExtended, headers.isWhole {
      if bytes.byteCount >= headers.end + 8 {
        headers.step(bytes)
      } else {
        headers.isWhole = false
      }
    }
    return headers
  }

  private mutating func step(_ bytes: RawSpan) {
    if next == IPProtocol.fragment { noteFragment(bytes) }
    let length = length(bytes)
    next = bytes.byte(end)
    end += length
  }

  /// A fragment header whose offset and flag are 0 stands before a whole packet (RFC 6946).
  private mutating func noteFragment(_ bytes: RawSpan) {
    let position = bytes.bigEndian16(end + 2)
    guard position & 0xFFF9 != 0 else { return }
    traits.insert(.isFragment)
    identification = bytes.bigEndian32(end + 4)
    if position >> 3 != 0 {
      traits.insert(.isLaterFragment)
      isWhole = false
    }
  }

  private func length(_ bytes: RawSpan) -> Int {
    switch next {
    case IPProtocol.fragment: 8
    case IPProtocol.authentication: (Int(bytes.byte(end + 1)) + 2) * 4
    default: (Int(bytes.byte(end + 1)) + 1) * 8
    }
  }
}
