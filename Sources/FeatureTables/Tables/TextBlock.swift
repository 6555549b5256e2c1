/// Whole records of a text file, one after the other.
package struct TextBlock: Sendable {
  package let bytes: [UInt8]
  /// Records at the begin that are no rows.
  package var headerRecords = 0
  /// The most rows to keep of it.
  package var rowLimit = Int.max
  /// Whether the data ended before it.
  package var isInTrailer = false

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The most rows that it can have.
  var mostRows: Int {
    let lines = TextBlock.occurrences(of: 0x0A, in: bytes.span)
    return 1 + (lines > 0 ? lines : TextBlock.occurrences(of: 0x0D, in: bytes.span))
  }

  /// Sixteen bytes are compared at a time, and what is found in runs of them is counted in bytes.
  private static func occurrences(of byte: UInt8, in bytes: Span<UInt8>) -> Int {
    let pattern = SIMD16<UInt8>(repeating: byte)
    let (none, one) = (SIMD16<UInt8>(repeating: 0), SIMD16<UInt8>(repeating: 1))
    var count = 0
    var position = 0
    while position &+ 16 <= bytes.count {
      var inRun = none
      let end = min(position &+ 16 * 255, bytes.count &- 15)
      while position < end {
        // Safe: bytes hold any bits, and all sixteen are there.
        let sixteen = unsafe bytes.bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: position, as: SIMD16<UInt8>.self)
        inRun &+= none.replacing(with: one, where: sixteen .== pattern)
        position &+= 16
      }
      count &+= Int(SIMD16<UInt16>(truncatingIfNeeded: inRun).wrappedSum())
    }
    for index in position..<bytes.count where bytes[index] == byte { count += 1 }
    return count
  }
}
