/// One packet as a capture file holds it: when, how long, and where its bytes lie at the moment.
package struct PacketRecord: Sendable, BitwiseCopyable {
  /// Nanoseconds since 1970 UTC, within ±`timeLimit`.
  package let time: Int64
  /// The length of the frame on the wire in bytes; never less than what was captured.
  package let originalLength: UInt32
  package let linkType: LinkType
  /// Where the captured bytes begin in the window of the reader, until the next record is read.
  let start: Int
  /// Bytes of the frame that the file holds.
  package let capturedLength: Int

  /// Times beyond this are cut to it, so that the difference of two never overflows.
  static let timeLimit: Int64 = (1 << 62) - 1

  package init(
    time: Int64, originalLength: UInt32, linkType: LinkType, start: Int, capturedLength: Int
  ) {
    self.time = time
    self.originalLength = max(originalLength, UInt32(truncatingIfNeeded: capturedLength))
    self.linkType = linkType
    self.start = start
    self.capturedLength = capturedLength
  }

  /// Where the captured bytes lie.
  var range: Range<Int> { start..<start &+ capturedLength }
}

extension LinkType: BitwiseCopyable {}

/// What reading on in a capture comes to.
enum RecordStep {
  case record(PacketRecord)
  case end(CaptureEnding)
}
