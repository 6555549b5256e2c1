import Glibc
import Synchronization

/// The bytes of an input as they are stored: in a file, coming through a pipe, or in memory.
struct StoredBytes: ~Copyable {
  let name: String
  /// Nil where all bytes are in memory.
  private let descriptor: Int32?
  /// Bytes that were read before they were asked for, or were in memory from the start; those from
  /// `aheadStart` on are still to be handed out.
  private var ahead: [UInt8]
  private var aheadStart = 0
  private var isAtEnd = false
  /// Bytes handed out so far.
  private(set) var position: UInt64 = 0
  private var digest: Digest?
  /// All that was handed out, where the next source of this path is to have it again; else nil.
  private var handedOut: [UInt8]?
  /// What a pipe holds as a rule.
  private static let peekSize = 1 << 16

  /// - Parameter isReadAgain: whether what is read from a pipe is kept for the next source of the
  ///   same path.
  /// - Throws: `DataError` of kind `noInput` if there is no such file or it is a folder.
  init(path: String, digesting: Bool, isReadAgain: Bool = false) throws(DataError) {
    let begun = begunInputs.withLock { $0.removeValue(forKey: path) }
    let descriptor = begun?.descriptor ?? StoredBytes.open(path)
    name = path
    self.descriptor = descriptor
    ahead = begun?.bytes ?? []
    digest = digesting ? Digest() : nil
    handedOut = isReadAgain ? [] : nil
    try requireReadable(descriptor)
  }

  init(name: String, bytes: [UInt8], digesting: Bool) {
    self.name = name
    descriptor = nil
    ahead = bytes
    digest = digesting ? Digest() : nil
    handedOut = nil
  }

  deinit {
    guard let descriptor else { return }
    if let handedOut {
      let bytes = handedOut + ahead[aheadStart...]
      begunInputs.withLock { $0[name] = BegunInput(descriptor: descriptor, bytes: bytes) }
    } else if descriptor > STDIN_FILENO {
      close(descriptor)
    }
  }

  /// A descriptor, or a negative number, with the reason in `errno`.
  private static func open(_ path: String) -> Int32 {
    path == "-" ? STDIN_FILENO : unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
  }

  private func requireReadable(_ descriptor: Int32) throws(DataError) {
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

  var isDigesting: Bool { digest != nil }

  /// SHA-256 of what was handed out so far.
  var digestSoFar: String {
    guard let digest else { preconditionFailure("a source that does not digest has no digest") }
    return digest.finalize()
  }

  /// The next bytes, which are still to be read then: `count` of them, or what is left.
  mutating func peek(_ count: Int) throws(DataError) -> ArraySlice<UInt8> {
    while ahead.count - aheadStart < count, !isAtEnd {
      var more = [UInt8](repeating: 0, count: StoredBytes.peekSize)
      let result = unsafe more.withUnsafeMutableBytes { unsafe readDescriptor(into: $0) }
      ahead += more.prefix(try result.get())
    }
    return ahead[aheadStart...].prefix(count)
  }

  /// Reads into the whole of a buffer that is used again and again.
  /// - Returns: the number of bytes; 0 at the end only.
  mutating func read(into buffer: inout [UInt8]) throws(DataError) -> Int {
    let result = unsafe buffer.withUnsafeMutableBytes { bytes -> Result<Int, DataError> in
      do throws(DataError) {
        return .success(try unsafe read(into: bytes))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Reads at most what has room; 0 at the end only.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    let count: Int
    if aheadStart < ahead.count {
      count = min(buffer.count, ahead.count - aheadStart)
      unsafe buffer.copyBytes(from: ahead[aheadStart..<aheadStart + count])
      aheadStart += count
      if aheadStart == ahead.count { (ahead, aheadStart) = ([], 0) }
    } else {
      count = try unsafe readDescriptor(into: buffer).get()
    }
    position += UInt64(count)
    // Safe: so many bytes of the buffer were just written.
    let taken = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
    unsafe digest?.update(taken)
    unsafe handedOut?.append(contentsOf: taken)
    return count
  }

  private mutating func readDescriptor(
    into buffer: UnsafeMutableRawBufferPointer
  ) -> Result<Int, DataError> {
    guard let descriptor, !isAtEnd else {
      isAtEnd = true
      return .success(0)
    }
    var count: Int
    repeat {
      // Safe: at most the size of the buffer is read.
      count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    } while count < 0 && errno == EINTR
    guard count >= 0 else {
      return .failure(
        DataError(
          .inputOutput, file: name, problem: "cannot be read: \(describeErrno())", remedy: ""))
    }
    if count == 0 { isAtEnd = true }
    return .success(count)
  }
}

/// An input that can be read only once and was looked into: its next reader begins with `bytes`.
private struct BegunInput {
  let descriptor: Int32
  let bytes: [UInt8]
}

/// By path.
private let begunInputs = Mutex<[String: BegunInput]>([:])
