import FeatureTables

/// The places where PacketStreamer began a new file in a Kafka stream: its magic, between two
/// records or in the middle of one, which goes on behind it.
enum PacketStreamerSeam {
  private static let length = 4
  private static let recordHeaderLength = 16

  /// Takes the seams out in front of the next record and within it.
  static func close(in window: inout CaptureWindow) throws(DataError) {
    while try window.holds(length), isMagic(in: window, at: 0) { window.advance(length) }
    while let seam = try firstMagic(in: &window, 1..<recordHeaderLength) {
      window.remove(length, at: seam)
    }
    guard try window.holds(recordHeaderLength) else { return }
    let captured = Int(window.integer32(8, isBigEndian: false))
    guard captured <= PcapFormat.maximumCapturedLength else { return }
    let end = recordHeaderLength + captured
    var start = recordHeaderLength
    while let seam = try firstMagic(in: &window, start..<end) {
      // The bytes of the magic can be a packet's own. They are where a record follows as it is, and
      // where none follows without them.
      if try recordFollows(end, in: &window) == true { return }
      if try recordFollows(end + length, in: &window) == false { return }
      window.remove(length, at: seam)
      start = seam
    }
  }

  /// Whether the stream ends there, or goes on with a seam or a record of about the same time; nil
  /// where it ends too soon to say.
  private static func recordFollows(
    _ offset: Int, in window: inout CaptureWindow
  ) throws(DataError) -> Bool? {
    guard try window.holds(offset + recordHeaderLength) else {
      return window.available == offset ? true : nil
    }
    if isMagic(in: window, at: offset) { return true }
    let seconds = Int64(window.integer32(offset, isBigEndian: false))
    return abs(seconds - Int64(window.integer32(0, isBigEndian: false))) <= 86_400
      && window.integer32(offset + 4, isBigEndian: false) < 1_000_000
      && window.integer32(offset + 8, isBigEndian: false) <= PcapFormat.maximumCapturedLength
  }

  private static func isMagic(in window: borrowing CaptureWindow, at offset: Int) -> Bool {
    window.integer32(offset, isBigEndian: true) == PacketStreamer.magicInteger
  }

  /// The first place in `starts` where the magic begins, as far as the stream goes.
  private static func firstMagic(
    in window: inout CaptureWindow, _ starts: Range<Int>
  ) throws(DataError) -> Int? {
    _ = try window.holds(starts.upperBound + length - 1)
    let lastStart = min(starts.upperBound - 1, window.available - length)
    guard lastStart >= starts.lowerBound else { return nil }
    let position = window.position
    return window.withBytes(position..<position + window.available) { bytes in
      (starts.lowerBound...lastStart).first {
        bytes.bigEndian32($0) == PacketStreamer.magicInteger
      }
    }
  }
}
