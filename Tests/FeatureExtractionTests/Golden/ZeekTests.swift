import FeatureExtraction
import Foundation
import TestSupport
import Testing

/// Packets and IP bytes of every connection in the baselines of Zeek. It logs the connections of
/// every level of a tunnel, so that ours are taken with tunnels opened and as they are.
@Suite(.enabled(if: sharedDataIsExpected))
struct ZeekTests {
  @Test func connectionsAreTheSame() throws {
    var exceptions = ZeekTests.exceptions
    var compared = 0
    for pair in try GoldenPair.all(madeBy: "Zeek conn.log") {
      // Three baselines of the list were not stored; many hold only a few columns.
      guard FileManager.default.fileExists(atPath: pair.expected.path),
        let log = try ZeekLog(pair.expected)
      else { continue }
      compared += 1
      let baseline = pair.expected.deletingLastPathComponent().lastPathComponent
      let inner = try volumes(pair, tunnels: .inner)
      let outer = try volumes(pair, tunnels: .outer)
      let differences = log.conversations.filter {
        inner[$0.key] != $0.value && outer[$0.key] != $0.value
      }
      let name = "\(baseline)/\(pair.expected.lastPathComponent)"
      if exceptions.removeValue(forKey: name) == nil {
        #expect(differences.isEmpty, "\(name)")
      } else {
        #expect(!differences.isEmpty, "\(name) needs no exception")
      }
    }
    #expect(exceptions.isEmpty, "no such baselines")
    #expect(compared >= 90)
  }

  private func volumes(
    _ pair: GoldenPair, tunnels: TunnelMode
  ) throws -> [Conversation: Volume] {
    var volumes: [Conversation: Volume] = [:]
    let capture = try DecodedCapture(pair.capture.path, tunnels: tunnels, fragments: .join)
    for header in capture.headers {
      let isSCTP = header.key.protocolNumber == 132
      volumes.add(
        Conversation(header.key, hasPorts: !isSCTP), bytes: Int(header.internetLength))
    }
    return volumes
  }

  /// Baselines with connections that differ, and why.
  private static let exceptions: [String: String] = [
    "core.checksums_ignore_nets/conn-failed.log": "drops packets with wrong checksums",
    "core.pcap.dynamic-filter/conn.log": "a capture filter set on the way",
    "core.tunnels.ayiya-large-identity/conn.log": "AYIYA, which we do not open",
    "core.tunnels.ayiya/conn.log": "AYIYA, which we do not open",
    "core.tunnels.geneve-vxlan-truncated/conn.log": "a connection between two levels of tunnels",
    "core.tunnels.gre-aruba-amsdu/conn.log": "two packets in one 802.11 frame",
    "core.tunnels.gtp.inner_teredo/conn.log": "Teredo, which we do not open, as nDPI does not",
    "core.tunnels.gtp.outer_ip_frag/conn.log":
      "counts a reassembled packet once, and not those that are never whole",
    "core.tunnels.teredo/conn.log": "Teredo, which we do not open, as nDPI does not",
    "core.tunnels.teredo_bubble_with_payload/conn.log":
      "Teredo, which we do not open, as nDPI does not",
    "core.tunnels.vxlan-unknown-internal-packet/conn.log":
      "counts no packet of a tunnel whose content it does not know",
    "core.vntag-in-vlan/conn.log": "counts no packet of a connection cut by the snap length",
    "scripts.base.frameworks.analyzer.request-analyzer/conn.log": "counts after a handshake only",
    "scripts.base.protocols.ftp.gridftp/conn.log": "stops counting a bulk transfer",
    "scripts.base.protocols.ldap.sasl-signed-clear-2/conn.log":
      "counts packets of IP length 0 (segmentation offload) as none",
    "scripts.base.protocols.ldap.sasl-signed-clear/conn.log":
      "counts packets of IP length 0 (segmentation offload) as none",
  ]
}
