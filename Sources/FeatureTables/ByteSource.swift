import CZlib
import Glibc
import Synchronization

/// A stream of bytes from a file or standard input, decompressed where the first bytes say gzip.
///
/// The whole input never lies in memory; the digest of the bytes as stored is kept on the way.
public struct ByteSource: ~Copyable {
  /// The path as given; `-` is standard input.
  public let name: String
  private let descriptor: Int32
  private var digest = Digest()
  private var stored: [UInt8] = []
  private var storedIsAtEnd = false
  private var inflater: Inflater?
  /// What was read so far, where it will be handed to the next source of this path; else nil.
  private var peeked: [UInt8]?
  private static let chunkSize = 1 << 20

  /// - Throws: `DataError` of kind `noInput` if there is no such file or it is a folder.
  public init(path: String) throws(DataError) {
    let begun = begunInputs.withLock { $0.removeValue(forKey: path) }
    name = path
    descriptor = begun?.descriptor ?? ByteSource.open(path)
    try requireReadable()
    stored = begun?.bytes ?? []
    digest.update(stored)
    if stored.isEmpty { try fill() }
    if stored.count >= 2, stored[0] == 0x1F, stored[1] == 0x8B { inflater = Inflater() }
  }

  deinit {
    if let peeked {
      begunInputs.withLock { $0[name] = BegunInput(descriptor: descriptor, bytes: peeked) }
    } else if descriptor > STDIN_FILENO {
      close(descriptor)
    }
  }

  /// A descriptor, or a negative number, with the reason in `errno`.
  private static func open(_ path: String) -> Int32 {
    path == "-" ? STDIN_FILENO : unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
  }

  private func requireReadable() throws(DataError) {
    guard descriptor >= 0 else {
      throw DataError(
        .noInput, file: name, problem: "cannot be opened: \(describeErrno())",
        remedy: "check the path and the permissions")
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR else {
      throw DataError(
        .noInput, file: name, problem: "is a folder, not a file",
        remedy: "name the files in it, for instance \(name)/*")
    }
  }

  /// The first bytes of an input, decompressed, for whoever has to know what it is before it is
  /// read. A pipe or standard input is still whole for the next source of the same path.
  /// - Returns: about a megabyte at most; empty for an empty input.
  /// - Throws: As `init` and `next`.
  public static func firstBytes(of path: String) throws(DataError) -> [UInt8] {
    let isReadOnce = path == "-" || fileKind(path) != S_IFREG
    var source = try ByteSource(path: path)
    if isReadOnce { source.peeked = source.stored }
    return try source.next() ?? []
  }

  /// The next bytes, or nil at the end. Chunks are about a megabyte; none is empty.
  /// - Throws: `DataError` of kind `inputOutput` where reading fails, of kind `badData` where
  ///   the compressed stream is damaged.
  public mutating func next() throws(DataError) -> [UInt8]? {
    while true {
      if stored.isEmpty { try fill() }
      guard inflater != nil else {
        guard !stored.isEmpty else { return nil }
        defer { stored = [] }
        return stored
      }
      if stored.isEmpty, storedIsAtEnd {
        if inflater!.isInsideStream {
          throw DataError(
            file: name, problem: "the gzip stream ends before its end",
            remedy: "fetch the file again; 'gzip -t' tests it")
        }
        return nil
      }
      guard let output = inflater!.inflate(stored) else {
        throw DataError(
          file: name, problem: "the gzip stream is damaged",
          remedy: "fetch the file again; 'gzip -t' tests it")
      }
      stored = []
      if !output.isEmpty { return output }
    }
  }

  /// Everything that is left, in memory.
  /// - Throws: as `next`.
  public mutating func readAll() throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try next() { bytes.append(contentsOf: chunk) }
    return bytes
  }

  /// SHA-256 of the stored bytes read so far: of the file, once `next` has given nil.
  public var storedDigest: String { digest.finalize() }

  private mutating func fill() throws(DataError) {
    guard !storedIsAtEnd else { return }
    var count = 0
    repeat {
      let descriptor = descriptor
      stored = unsafe [UInt8](unsafeUninitializedCapacity: ByteSource.chunkSize) { buffer, filled in
        // Safe: at most the capacity is read, and what was read is initialized.
        count = unsafe read(descriptor, buffer.baseAddress, ByteSource.chunkSize)
        filled = max(0, count)
      }
    } while count < 0 && errno == EINTR
    guard count >= 0 else {
      throw DataError(
        .inputOutput, file: name, problem: "cannot be read: \(describeErrno())", remedy: "")
    }
    if count == 0 { storedIsAtEnd = true }
    digest.update(stored)
    peeked?.append(contentsOf: stored)
  }
}

/// An input that can be read only once and was looked into: its next reader begins with `bytes`.
private struct BegunInput {
  let descriptor: Int32
  let bytes: [UInt8]
}

/// By path.
private let begunInputs = Mutex<[String: BegunInput]>([:])

/// zlib's inflate over a stream of gzip members, one after the other.
@safe private final class Inflater {
  private var stream = unsafe z_stream()
  private(set) var isInsideStream = true

  init() {
    // 15 bits of window, plus 16 for the gzip wrapper.
    unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit { unsafe inflateEnd(&stream) }

  /// All output that `input` gives, or nil where the stream is damaged.
  func inflate(_ input: [UInt8]) -> [UInt8]? {
    var output: [UInt8] = []
    var input = input
    let isSound = unsafe input.withUnsafeMutableBufferPointer { buffer in
      // Safe: zlib reads `avail_in` bytes from a buffer that outlives the loop.
      unsafe stream.next_in = buffer.baseAddress
      unsafe stream.avail_in = UInt32(buffer.count)
      return drain(into: &output)
    }
    return isSound ? output : nil
  }

  private func drain(into output: inout [UInt8]) -> Bool {
    let capacity = 1 << 18
    while true {
      if !isInsideStream, unsafe stream.avail_in > 0 {
        // The next member of a multi-member file.
        unsafe inflateReset(&stream)
        isInsideStream = true
      }
      var status = Z_OK
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
        // Safe: zlib writes at most `avail_out` bytes into the buffer.
        unsafe stream.next_out = buffer.baseAddress
        unsafe stream.avail_out = UInt32(capacity)
        status = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
        filled = unsafe capacity - Int(stream.avail_out)
      }
      output.append(contentsOf: piece)
      if status == Z_STREAM_END {
        isInsideStream = false
        if unsafe stream.avail_in == 0 { return true }
      } else if status == Z_BUF_ERROR || (status == Z_OK && piece.count < capacity) {
        if unsafe stream.avail_in == 0 { return true }
        if status == Z_BUF_ERROR { return true }
      } else if status != Z_OK {
        return false
      }
    }
  }
}
