import Glibc

/// A stream of bytes from a file, standard input or memory, decompressed where the first bytes say
/// gzip or zstd.
///
/// The whole input never lies in memory, however far a compressed one unfolds: content is handed on
/// in pieces of the size that is asked for. The digest of the bytes as stored is kept on the way.
public struct ByteSource: ~Copyable {
  private var stored: StoredBytes
  /// Nil where what is stored is the content itself.
  private let decoder: (any StreamDecoder)?
  /// Stored bytes that the decoder has not taken yet lie in `inputRange`; reused.
  private var input: [UInt8]
  private var inputRange = 0..<0
  /// Whether the decoder filled what it was given, so that it may hold more without more input.
  private var decoderMayHoldMore = false
  /// What is thrown once the content before it was handed on.
  private var damage: DataError?
  static let chunkSize = 1 << 20
  private static let inputSize = 1 << 17

  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - digesting: whether to keep the digest of the stored bytes, which costs more than reading.
  /// - Throws: `DataError` of kind `noInput` if there is no such file or it is a folder.
  public init(path: String, digesting: Bool = true) throws(DataError) {
    try self.init(StoredBytes(path: path, digesting: digesting))
  }

  /// Bytes that are in memory already, under a name for messages.
  public init(name: String, bytes: [UInt8], digesting: Bool = true) throws(DataError) {
    try self.init(StoredBytes(name: name, bytes: bytes, digesting: digesting))
  }

  private init(_ stored: consuming StoredBytes) throws(DataError) {
    decoder = CompressedForm(firstBytes: try stored.peek(4))?.makeDecoder()
    input = decoder == nil ? [] : [UInt8](repeating: 0, count: ByteSource.inputSize)
    self.stored = stored
  }

  /// The path as given; `-` is standard input.
  public var name: String { stored.name }

  /// Whether what is stored is compressed, and so not the content itself.
  public var isCompressed: Bool { decoder != nil }

  /// The first bytes of an input, decompressed, for whoever has to know what it is before it is
  /// read. A pipe or standard input is still whole for the next source of the same path.
  /// - Returns: about a megabyte at most. At least 64 KiB of a file where it has so much; of a pipe
  ///   at least 64 bytes, and no more than is there without waiting for its writer.
  /// - Throws: As `init` and `next`.
  public static func firstBytes(of path: String) throws(DataError) -> [UInt8] {
    let isReadOnce = path == "-" || fileKind(path) != S_IFREG
    var source = try ByteSource(StoredBytes(path: path, digesting: false, isReadAgain: isReadOnce))
    var bytes: [UInt8] = []
    // A pipe may hand on a few bytes at first.
    let enough = isReadOnce ? 64 : 1 << 16
    while bytes.count < enough, let more = try source.next() { bytes += more }
    return bytes
  }

  /// The next bytes, or nil at the end. Chunks are about a megabyte; none is empty.
  /// - Throws: `DataError` of kind `inputOutput` where reading fails, of kind `badData` where
  ///   the compressed stream is damaged. All content before the damage was handed on then.
  public mutating func next() throws(DataError) -> [UInt8]? {
    var result: Result<Int, DataError> = .success(0)
    let chunk = unsafe [UInt8](unsafeUninitializedCapacity: ByteSource.chunkSize) {
      buffer, filled in
      // Safe: `fill` writes the bytes that it counts.
      result = unsafe fill(UnsafeMutableRawBufferPointer(buffer))
      filled = (try? result.get()) ?? 0
    }
    return try result.get() > 0 ? chunk : nil
  }

  /// Reads on into a buffer that is used again and again: over what lies in it from `offset` on.
  /// - Returns: the number of bytes, at most what has room; 0 at the end only.
  /// - Throws: as `next`.
  public mutating func read(into buffer: inout [UInt8], at offset: Int) throws(DataError) -> Int {
    precondition(offset < buffer.count, "a buffer without room reads nothing")
    let result = unsafe buffer.withUnsafeMutableBytes { bytes in
      // Safe: the slice is checked, and no pointer leaves the closure.
      unsafe fill(UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]))
    }
    return try result.get()
  }

  /// Everything that is left, in memory.
  /// - Throws: as `next`.
  public mutating func readAll() throws(DataError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let chunk = try next() { bytes.append(contentsOf: chunk) }
    return bytes
  }

  /// SHA-256 of the stored bytes read so far: of the file, once `next` has given nil. Only a source
  /// that digests can be asked.
  public var storedDigest: String { stored.digestSoFar }

  /// SHA-256 of the whole file as stored, or nil for a source that does not digest. What was not
  /// read yet is read for it, and not decompressed.
  /// - Throws: `DataError` of kind `inputOutput`.
  public mutating func digestOfWholeFile() throws(DataError) -> String? {
    guard stored.isDigesting else { return nil }
    var buffer = input.isEmpty ? [UInt8](repeating: 0, count: ByteSource.inputSize) : input
    while try stored.read(into: &buffer) > 0 {}
    return stored.digestSoFar
  }
}

extension ByteSource {
  private mutating func fill(
    _ output: UnsafeMutableRawBufferPointer
  ) -> Result<Int, DataError> {
    do throws(DataError) {
      if let decoder { return .success(try unsafe decode(with: decoder, into: output)) }
      return .success(try unsafe stored.read(into: output))
    } catch {
      return .failure(error)
    }
  }

  /// Content until there is some and no more without waiting for input, or `output` is full.
  private mutating func decode(
    with decoder: any StreamDecoder, into output: UnsafeMutableRawBufferPointer
  ) throws(DataError) -> Int {
    var count = 0
    while count < output.count {
      if inputRange.isEmpty, !decoderMayHoldMore {
        guard count == 0, damage == nil, try refill(decoder) else { break }
      }
      let step = unsafe input.withUnsafeBytes { bytes in
        // Safe: both slices are checked, and no pointer leaves the closure.
        unsafe decoder.decode(
          UnsafeRawBufferPointer(rebasing: bytes[inputRange]),
          into: UnsafeMutableRawBufferPointer(rebasing: output[count...]))
      }
      count += step.produced
      inputRange = inputRange.lowerBound + step.consumed..<inputRange.upperBound
      decoderMayHoldMore = count == output.count
      let isStuck = step.consumed == 0 && step.produced == 0 && !inputRange.isEmpty
      if let reason = step.failure ?? (isStuck ? "it leads nowhere" : nil) {
        let position = stored.position - UInt64(inputRange.count)
        damage = decoder.form.damaged(name, "is damaged at stored byte \(position): \(reason)")
        // Nothing after the damage is looked at.
        (inputRange, decoderMayHoldMore) = (0..<0, false)
      }
    }
    if count == 0, let damage { throw damage }
    return count
  }

  /// Reads stored bytes for the decoder; false at their end.
  private mutating func refill(_ decoder: any StreamDecoder) throws(DataError) -> Bool {
    inputRange = 0..<(try stored.read(into: &input))
    if inputRange.isEmpty, decoder.isInsideStream {
      damage = decoder.form.damaged(name, "ends before its end, at stored byte \(stored.position)")
    }
    return !inputRange.isEmpty
  }
}
