import FeatureTables

/// What a capture is: its container, what its packets begin with, how many there are, when they
/// were taken, and how the file ended. The account of an extraction has one for each input.
public struct CaptureDescription: Sendable, Equatable, Codable {
  /// The file as it was named; `-` is standard input.
  public let file: String
  /// The form of the file, from its first bytes.
  public let container: CaptureContainer
  /// The names of the link types in order of appearance, with commas between; `none` without
  /// packets.
  public let linkType: String
  /// Packets that were read, whether they were metered or not.
  public let packets: Int
  /// Of the file after decompression, as far as it was used.
  public let bytes: UInt64
  /// The earliest time stamp in RFC 3339; nil without packets.
  public let firstTime: String?
  /// The latest time stamp in RFC 3339; nil without packets.
  public let lastTime: String?
  /// Whether the file was used to its end, and if not, why.
  public let ended: CaptureEnding
  /// Of the file as stored; nil where it was not read to its end.
  public let sha256: String?

  enum CodingKeys: String, CodingKey {
    case file, container, packets, bytes, ended, sha256
    case linkType = "link_type"
    case firstTime = "first_time"
    case lastTime = "last_time"
  }

  init(
    _ reader: borrowing CaptureReader, ended: CaptureEnding, sha256: String? = nil
  ) {
    let account = reader.account
    file = reader.name
    container = account.container
    linkType =
      account.linkTypes.isEmpty
      ? "none" : account.linkTypes.map(\.name).joined(separator: ",")
    packets = account.packets
    bytes = reader.bytesRead
    firstTime = account.packets > 0 ? Timestamp.text(account.earliest) : nil
    lastTime = account.packets > 0 ? Timestamp.text(account.latest) : nil
    self.ended = ended
    self.sha256 = sha256
  }

  /// Reads a capture, up to `limit` packets, and describes it.
  /// - Throws: `DataError` where it is not there or is no capture.
  public init(path: String, limit: Int? = nil) throws(DataError) {
    var reader = try CaptureReader(path: path)
    while reader.account.packets < limit ?? .max, try reader.next() != nil {}
    let limited = CaptureEnding(
      state: .limited, byte: reader.bytesRead, reason: "reading stopped after the limit")
    self.init(reader, ended: reader.ending ?? limited)
  }

  /// Whether a file that begins so (after decompression) is a capture: four bytes decide.
  public static func isCapture(firstBytes: some Collection<UInt8>) -> Bool {
    CaptureContainer(firstBytes: firstBytes) != nil
  }
}
