import FeatureExtraction
import TestSupport
import Testing

/// Packets and bytes of every conversation against ndpiReader, which opens tunnels of the same
/// kinds. It counts captured bytes of frames, knows no ports of SCTP, and drops what is named in
/// `NDPIException`.
@Suite(.enabled(if: sharedDataIsExpected))
struct NDPITests {
  private static let folder = "pcap/ndpi/tests/cfgs/default/pcap/"

  @Test func conversationsAreTheSame() throws {
    let pairs = try GoldenPair.all(madeBy: "nDPI ndpiReader", note: "cfg default")
    #expect(pairs.count == 361)
    var exceptions = NDPIException.byCapture
    for pair in pairs {
      let listing = try NDPIListing(pair.expected)
      let capture = try DecodedCapture(pair.capture.path, tunnels: .inner)
      let differences = NDPITests.volumes(capture).differences(from: listing.conversations)
      let exception = exceptions.removeValue(forKey: String(pair.name.dropFirst(Self.folder.count)))
      switch exception {
      case nil:
        #expect(listing.packets == capture.read, "\(pair.name) is to be named, with the reason")
        #expect(differences.isEmpty, "\(pair.name)")
      case .framesWithoutIP:
        let metered = capture.headers.count
        #expect(listing.packets == metered && metered < capture.read, "\(pair.name)")
        #expect(differences.isEmpty, "\(pair.name)")
      default:
        #expect(listing.packets < capture.headers.count, "\(pair.name) needs no exception")
        #expect(!differences.isEmpty, "\(pair.name) needs no exception")
      }
    }
    #expect(exceptions.isEmpty, "no such captures")
  }

  private static func volumes(_ capture: DecodedCapture) -> [Conversation: Volume] {
    var volumes: [Conversation: Volume] = [:]
    for (header, length) in zip(capture.headers, capture.capturedLengths) {
      let isSCTP = header.key.protocolNumber == 132
      volumes.add(Conversation(header.key, hasPorts: !isSCTP), bytes: length)
    }
    return volumes
  }
}

/// Why the listed flows of a capture do not add up to its packets.
enum NDPIException {
  /// ARP and the like, which neither meters: what is left is the same.
  case framesWithoutIP
  /// It drops fragments after the first, where we meter them with ports 0.
  case laterFragments
  /// It drops packets of which less was captured than their IP length says.
  case cutPackets
  /// Cisco FabricPath, which it does not step over.
  case fabricPath
  /// Random bytes: it drops headers that contradict themselves, such as a TCP header that is
  /// longer than its packet.
  case damagedHeaders

  static let byCapture: [String: NDPIException] = [
    "ajp.pcap": .fabricPath,
    "android.pcap": .framesWithoutIP,
    "anyconnect-vpn.pcap": .framesWithoutIP,
    "badpackets.pcap": .cutPackets,
    "dns-tunnel-iodine.pcap": .framesWithoutIP,
    "dns_fragmented.pcap": .laterFragments,
    "dnscrypt-v1-and-resolver-pings.pcap": .laterFragments,
    "dos_win98_smb_netbeui.pcap": .framesWithoutIP,
    "fix2.pcap": .framesWithoutIP,
    "fuzz-2006-06-26-2594.pcap": .damagedHeaders,
    "fuzz-2006-09-29-28586.pcap": .damagedHeaders,
    "fuzz-2021-06-07-c6c72a0a56.pcap": .cutPackets,
    "instagram.pcap": .framesWithoutIP,
    "ip_fragmented_garbage.pcap": .laterFragments,
    "iphone.pcap": .framesWithoutIP,
    "ipp.pcap": .framesWithoutIP,
    "jabber.pcap": .framesWithoutIP,
    "mgcp.pcap": .framesWithoutIP,
    "nest_log_sink.pcap": .framesWithoutIP,
    "nintendo.pcap": .framesWithoutIP,
    "reasm_crash_anon.pcapng": .cutPackets,
    "rsh-syslog-false-positive.pcap": .cutPackets,
    "skinny.pcap": .framesWithoutIP,
    "starcraft_battle.pcap": .framesWithoutIP,
    "tcp_scan.pcapng": .framesWithoutIP,
    "teams.pcap": .framesWithoutIP,
    "telnet.pcap": .cutPackets,
    "tls_invalid_reads.pcap": .cutPackets,
    "tor.pcap": .framesWithoutIP,
    "viber.pcap": .framesWithoutIP,
    "whatsapp_login_call.pcap": .framesWithoutIP,
    "zoom.pcap": .framesWithoutIP,
  ]
}
