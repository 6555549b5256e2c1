/// The file forms in which packets come.
public enum CaptureContainer: String, Sendable, Codable {
  /// The classic form of libpcap: one header, then records.
  case pcap
  /// Blocks in sections (draft-ietf-opsawg-pcapng).
  case pcapng

  /// The form that the first bytes of a file (after decompression) speak of, or nil.
  public init?(firstBytes: some Collection<UInt8>) {
    let magic = Array(firstBytes.prefix(4))
    if PcapFormat.Magic(magic) != nil {
      self = .pcap
    } else if magic == [0x0A, 0x0D, 0x0D, 0x0A] {
      self = .pcapng
    } else {
      return nil
    }
  }
}
