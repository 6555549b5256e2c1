import CZlib
import Glibc

/// Where a table goes: a file that appears whole or not at all, or standard output.
struct OutputSink: ~Copyable {
  private enum Target: ~Copyable {
    case file(WholeFile)
    case standardOutput
  }

  private let target: Target
  private let deflater: Deflater?
  /// Whether the output is no file that could have another beside it.
  let isStream: Bool

  /// - Throws: `DataError` of kind `noOutput` if the file cannot be made.
  init(path: String) throws(DataError) {
    if path == "-" {
      target = .standardOutput
      deflater = nil
      isStream = true
    } else {
      let file = try WholeFile(path: path)
      isStream = file.isStream
      target = .file(file)
      deflater = path.hasSuffix(".gz") ? Deflater() : nil
    }
  }

  func write(_ bytes: [UInt8]) throws(DataError) {
    try store(deflater?.deflate(bytes, isLast: false) ?? bytes)
  }

  private borrowing func store(_ bytes: [UInt8]) throws(DataError) {
    guard !bytes.isEmpty else { return }
    switch target {
    case .file(let file): try file.write(bytes)
    case .standardOutput: try writeAll(bytes, to: STDOUT_FILENO, path: "standard output")
    }
  }

  consuming func commit() throws(DataError) {
    if let deflater { try store(deflater.deflate([], isLast: true)) }
    switch consume target {
    case .file(var file): try file.commit()
    case .standardOutput: break
    }
  }
}

/// zlib's deflate as one gzip member, without name and time so that equal tables are equal files.
@safe private final class Deflater {
  private var stream = unsafe z_stream()

  init() {
    // 15 bits of window, plus 16 for the gzip wrapper.
    unsafe deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
  }

  deinit { unsafe deflateEnd(&stream) }

  /// The compressed bytes that are due after `input`.
  func deflate(_ input: [UInt8], isLast: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var input = input
    unsafe input.withUnsafeMutableBufferPointer { buffer in
      // Safe: zlib reads `avail_in` bytes from a buffer that outlives the loop.
      unsafe stream.next_in = buffer.baseAddress
      unsafe stream.avail_in = UInt32(buffer.count)
      drain(into: &output, flush: isLast ? Z_FINISH : Z_NO_FLUSH)
    }
    return output
  }

  private func drain(into output: inout [UInt8], flush: Int32) {
    let capacity = 1 << 17
    while true {
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
        // Safe: zlib writes at most `avail_out` bytes into the buffer.
        unsafe stream.next_out = buffer.baseAddress
        unsafe stream.avail_out = UInt32(capacity)
        unsafe CZlib.deflate(&stream, flush)
        filled = unsafe capacity - Int(stream.avail_out)
      }
      output.append(contentsOf: piece)
      if piece.count < capacity { return }
    }
  }
}
