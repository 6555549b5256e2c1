import FeatureTables

/// Finds out how long the headers of a capture's records are where its magic leaves that open: with
/// the right length, both the first and the second record look like records.
struct PcapTrial {
  private let magic: PcapMagic
  private let ticksPerSecond: UInt32

  init(_ magic: PcapMagic, _ header: PcapHeader) {
    self.magic = magic
    ticksPerSecond = header.ticksPerSecond
  }

  /// - Parameter window: behind the file header; it stays there.
  func recordHeaderLength(in window: inout CaptureWindow) throws(DataError) -> Int {
    let usual = magic.recordHeaderLengths[0]
    if try fits(usual, in: &window) != false { return usual }
    for length in magic.recordHeaderLengths.dropFirst() {
      if try fits(length, in: &window) == true { return length }
    }
    return usual
  }

  /// Whether two records fit; nil where the file ends before the second.
  private func fits(_ length: Int, in window: inout CaptureWindow) throws(DataError) -> Bool? {
    guard try window.holds(length) else { return nil }
    guard let first = record(in: window, at: 0) else { return false }
    let next = length + first.captured
    guard try window.holds(next + length) else { return nil }
    guard let second = record(in: window, at: next) else { return false }
    return abs(Int64(second.seconds) - Int64(first.seconds)) <= 86_400
  }

  private func record(
    in window: borrowing CaptureWindow, at offset: Int
  ) -> (seconds: UInt32, captured: Int)? {
    let captured = window.integer32(offset + 8, isBigEndian: magic.isBigEndian)
    guard captured <= UInt32(PcapFormat.maximumCapturedLength),
      window.integer32(offset + 12, isBigEndian: magic.isBigEndian) >= captured,
      window.integer32(offset + 4, isBigEndian: magic.isBigEndian) < ticksPerSecond
    else { return nil }
    return (window.integer32(offset, isBigEndian: magic.isBigEndian), Int(captured))
  }
}
