/// Makes frames of single packets for captures made in code.
public enum Frame {
  /// The TCP flag FIN (RFC 9293, section 3.1).
  public static let fin: UInt8 = 1
  /// The TCP flag SYN.
  public static let syn: UInt8 = 2
  /// The TCP flag RST.
  public static let rst: UInt8 = 4
  /// The TCP flag ACK.
  public static let ack: UInt8 = 16

  /// An Ethernet frame, with tags of these types where asked for, each of VLAN 42.
  public static func ethernet(_ etherType: UInt16, tags: [UInt16] = [], _ payload: [UInt8])
    -> [UInt8]
  {
    tagged(tags.map { ($0, 42) }, etherType, payload)
  }

  /// An Ethernet frame with 802.1Q tags of these control fields, the outermost first: the number
  /// of a VLAN is in the lower 12 bits.
  public static func ethernet(_ etherType: UInt16, controls: [UInt16], _ payload: [UInt8])
    -> [UInt8]
  {
    tagged(controls.map { (0x8100, $0) }, etherType, payload)
  }

  private static func tagged(
    _ tags: [(type: UInt16, control: UInt16)], _ etherType: UInt16, _ payload: [UInt8]
  ) -> [UInt8] {
    var frame = ByteBuilder()
    frame.bytes = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2]
    for tag in tags {
      frame.add16(tag.type)
      frame.add16(tag.control)
    }
    frame.add16(etherType)
    return frame.bytes + payload
  }

  /// An IPv4 packet between two dotted-quad addresses.
  /// - Parameters:
  ///   - options: whole words.
  ///   - identification: what the fragments of a packet have in common.
  ///   - fragmentOffset: in units of 8 bytes, with the flags above: 0x2000 for more fragments.
  public static func ipv4(
    _ source: String, _ destination: String, protocolNumber: UInt8, options: [UInt8] = [],
    identification: UInt16 = 7, fragmentOffset: UInt16 = 0, _ payload: [UInt8]
  ) -> [UInt8] {
    var packet = ByteBuilder()
    let headerLength = 20 + options.count
    packet.bytes = [0x40 | UInt8(headerLength / 4), 0]
    packet.add16(UInt16(headerLength + payload.count))
    packet.add16(identification)
    packet.add16(fragmentOffset)
    packet.bytes += [64, protocolNumber, 0, 0]
    packet.bytes += quad(source) + quad(destination) + options
    return packet.bytes + payload
  }

  /// An IPv6 packet; addresses are 2001:db8:: with the given last byte.
  public static func ipv6(
    _ source: UInt8, _ destination: UInt8, nextHeader: UInt8, _ payload: [UInt8]
  ) -> [UInt8] {
    var packet = ByteBuilder()
    packet.add32(0x6000_0000)
    packet.add16(UInt16(payload.count))
    packet.bytes += [nextHeader, 64]
    for last in [source, destination] {
      packet.bytes += [0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 11) + [last]
    }
    return packet.bytes + payload
  }

  /// A TCP segment with a header of 20 bytes, sequence number 1, a window of 1,024 bytes and no
  /// checksum.
  /// - Parameter flags: the sum of the flags that are set.
  public static func tcp(
    _ sourcePort: UInt16, _ destinationPort: UInt16, flags: UInt8, _ payload: [UInt8] = []
  ) -> [UInt8] {
    var segment = ByteBuilder()
    segment.add16(sourcePort)
    segment.add16(destinationPort)
    segment.add32(1)
    segment.add32(0)
    segment.bytes += [0x50, flags]
    segment.add16(1_024)
    segment.add32(0)
    return segment.bytes + payload
  }

  /// A UDP datagram with a header of 8 bytes and no checksum.
  public static func udp(
    _ sourcePort: UInt16, _ destinationPort: UInt16, _ payload: [UInt8] = []
  ) -> [UInt8] {
    var datagram = ByteBuilder()
    datagram.add16(sourcePort)
    datagram.add16(destinationPort)
    datagram.add16(UInt16(8 + payload.count))
    datagram.add16(0)
    return datagram.bytes + payload
  }

  private static func quad(_ address: String) -> [UInt8] {
    address.split(separator: ".").map { UInt8($0) ?? 0 }
  }
}
