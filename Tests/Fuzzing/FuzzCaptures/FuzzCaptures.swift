import FeatureExtraction

/// Any bytes as a capture: no crash, no trap, and an ending.
///
/// Packets beyond the first 100,000 are left out: some bytes of a compressed input can unfold to
/// millions, one after the other.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCaptures(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer passes a buffer of that length.
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard var reader = try? CaptureReader(name: "fuzz", bytes: bytes) else { return 0 }
  do {
    while reader.account.packets < 100_000 {
      guard let record = try reader.next() else {
        precondition(reader.ending != nil, "a capture ends in some way")
        return 0
      }
      let length = reader.withBytes(of: record) { $0.byteCount }
      precondition(length == record.capturedLength && record.originalLength >= length)
    }
  } catch {
    preconditionFailure("what is in memory can be read: \(error)")
  }
  return 0
}
