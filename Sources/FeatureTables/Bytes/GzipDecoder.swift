import CZlib

/// zlib's inflate over gzip members, one after the other (RFC 1952). Zeros after the last, which
/// pad a tape or a block device, are left out, as gzip does.
@safe final class GzipDecoder: StreamDecoder {
  let form = CompressedForm.gzip
  private var stream = unsafe z_stream()
  private var state = State.member

  private enum State {
    case member
    case betweenMembers
    case padding
  }

  init() {
    // 15 bits of window, plus 16 for the gzip wrapper.
    unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit { unsafe inflateEnd(&stream) }

  var isInsideStream: Bool { state == .member }

  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    if state == .betweenMembers, let first = unsafe input.first {
      state = first == 0 ? .padding : .member
      if first != 0 { unsafe inflateReset(&stream) }
    }
    switch state {
    case .betweenMembers: return DecodingStep()
    case .padding: return unsafe skipPadding(input)
    case .member: return unsafe inflate(input, into: output)
    }
  }

  private func skipPadding(_ input: UnsafeRawBufferPointer) -> DecodingStep {
    guard let other = unsafe input.firstIndex(where: { $0 != 0 }) else {
      return DecodingStep(consumed: input.count)
    }
    return DecodingStep(consumed: other, failure: "bytes of another kind follow")
  }

  private func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    let inputCount = UInt32(clamping: input.count)
    let outputCount = UInt32(clamping: output.count)
    // Safe: zlib reads and writes so many bytes at most, reads only what it is said to, and the
    // pointers are set anew in each call.
    unsafe stream.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.avail_in = inputCount
    unsafe stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.avail_out = outputCount
    let status = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
    var step = unsafe DecodingStep(
      consumed: Int(inputCount - stream.avail_in), produced: Int(outputCount - stream.avail_out))
    switch status {
    case Z_STREAM_END: state = .betweenMembers
    // The latter says that there is no progress without more input or room, and is no fault.
    case Z_OK, Z_BUF_ERROR: break
    default: step.failure = unsafe stream.msg.map { unsafe String(cString: $0) } ?? "code \(status)"
    }
    return step
  }
}
