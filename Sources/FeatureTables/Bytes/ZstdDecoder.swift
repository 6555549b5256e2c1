import CZstd

/// zstd's streaming decompression over frames, skippable ones included, one after the other
/// (RFC 8878). Memory is the window of the frame, and a frame that asks for more than 128 MiB, the
/// limit of the `zstd` tool, is refused.
@safe final class ZstdDecoder: StreamDecoder {
  let form = CompressedForm.zstd
  private(set) var isInsideStream = true
  private let context = unsafe ZSTD_createDCtx()
  /// How much zstd gets at once: one block. On damage it does not say what it wrote before in the
  /// same call, and this way only the damaged block is lost.
  private var wanted = ZstdDecoder.frameStart
  /// The magic and the byte behind it.
  private static let frameStart = 5
  private static let blockHeader = 3

  deinit { unsafe ZSTD_freeDCtx(context) }

  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep {
    // Between frames a call without input would begin a frame that is not there.
    guard isInsideStream || input.count > 0 else { return DecodingStep() }
    // Safe: zstd stays within the sizes that it is given and keeps no pointer.
    var source = unsafe ZSTD_inBuffer(
      src: input.baseAddress, size: min(input.count, wanted), pos: 0)
    var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let status = unsafe ZSTD_decompressStream(context, &target, &source)
    var step = unsafe DecodingStep(consumed: source.pos, produced: target.pos)
    guard ZSTD_isError(status) == 0 else {
      step.failure = unsafe reason(String(cString: ZSTD_getErrorName(status)))
      return step
    }
    isInsideStream = status > 0
    // zstd asks for the header of the next block together with a block.
    let block = status > ZstdDecoder.blockHeader ? status - ZstdDecoder.blockHeader : status
    wanted = isInsideStream ? block : ZstdDecoder.frameStart
    return step
  }

  private func reason(_ name: String) -> String {
    name.contains("too much memory")
      ? "a window over 128 MiB ('zstd -d --long=31' unpacks the file)" : name.lowercased()
  }
}
