/// The file forms in which packets come. The raw value stands in accounts.
public enum CaptureContainer: String, Sendable, Codable {
  /// The classic form of libpcap: one header, then records.
  case pcap
  /// Blocks in sections (draft-ietf-opsawg-pcapng).
  case pcapng
  /// What a PacketStreamer sensor writes to a file: a pcap header, then compressed frames of
  /// records.
  case packetStreamerSensor = "packetstreamer_sensor"
  /// Values of a Kafka topic that PacketStreamer filled, one after the other: a magic of its own,
  /// then records.
  case packetStreamerKafka = "packetstreamer_kafka"

  /// The form that the first bytes of a file (after decompression) speak of, or nil. Four bytes
  /// tell a capture from anything else, 28 a sensor's file from plain pcap.
  public init?(firstBytes: some Collection<UInt8>) {
    let magic = Array(firstBytes.prefix(4))
    if magic == PacketStreamer.magic {
      self = .packetStreamerKafka
    } else if PcapMagic(magic) != nil {
      let firstRecord = firstBytes.dropFirst(PcapFormat.headerLength).prefix(4)
      self = firstRecord.elementsEqual(PacketStreamer.magic) ? .packetStreamerSensor : .pcap
    } else if magic == [0x0A, 0x0D, 0x0D, 0x0A] {
      self = .pcapng
    } else {
      return nil
    }
  }
}

/// What the forms of PacketStreamer have in common.
enum PacketStreamer {
  /// In front of a frame in a sensor's file, and in place of a pcap header in a Kafka stream.
  static let magic: [UInt8] = [0xDE, 0xEF, 0xEC, 0xE0]
  /// The same as an integer in network byte order.
  static let magicInteger: UInt32 = 0xDEEF_ECE0
}
