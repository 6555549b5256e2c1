import Foundation
import Glibc
import Synchronization

/// A file that is written whole or not at all: beside the target, synced, renamed, folder synced.
///
/// Nothing is left behind unless `commit` is reached. A link is followed. A device or a pipe, such
/// as `/dev/null`, is no file that could be replaced: it is written as it comes.
public struct WholeFile: ~Copyable {
  /// The name under which the file appears once it is committed, as given.
  public let path: String
  /// Where the file will stand, links followed.
  private let target: String
  /// The file beside the target; nil for a device or a pipe.
  private let temporary: String?
  private let descriptor: Int32
  private var isCommitted = false

  /// - Throws: `DataError` of kind `noOutput` if the file cannot be made.
  public init(path: String) throws(DataError) {
    let kind = fileKind(path)
    if kind == S_IFDIR {
      throw DataError(
        .noOutput, file: path, problem: "is a folder", remedy: "name a file to write")
    }
    let target = followed(path)
    let isReplaced = kind == nil || kind == S_IFREG
    let temporary = isReplaced ? "\(target).partial-\(getpid())" : nil
    let opened = unsafe open(
      temporary ?? path, O_WRONLY | O_CLOEXEC | (isReplaced ? O_CREAT | O_TRUNC : 0), 0o644)
    guard opened >= 0 else {
      throw DataError(
        .noOutput, file: path, problem: "cannot be written: \(describeErrno())",
        remedy: "check that the folder exists and may be written")
    }
    self.path = path
    self.target = target
    self.temporary = temporary
    descriptor = opened
    if let temporary { unfinishedFiles.withLock { _ = $0.insert(temporary) } }
  }

  /// Whether bytes go straight to a device or a pipe.
  var isStream: Bool { temporary == nil }

  /// - Throws: `DataError` of kind `inputOutput`, for instance on a full disk.
  public func write(_ bytes: borrowing [UInt8]) throws(DataError) {
    try writeAll(bytes, to: descriptor, path: path)
  }

  /// Writes over the first bytes of the file; what is written next goes to its end.
  /// - Throws: `DataError` of kind `inputOutput`; not for a stream.
  func overwriteStart(_ bytes: borrowing [UInt8]) throws(DataError) {
    precondition(!isStream, "a stream cannot be written over")
    lseek(descriptor, 0, SEEK_SET)
    try writeAll(bytes, to: descriptor, path: path)
    lseek(descriptor, 0, SEEK_END)
  }

  /// Makes the file appear under its name.
  /// - Throws: `DataError` of kind `inputOutput`; the target is then as it was before.
  public mutating func commit() throws(DataError) {
    guard let temporary else { return }
    guard fsync(descriptor) == 0, unsafe rename(temporary, target) == 0 else {
      throw DataError(
        .inputOutput, file: path, problem: "cannot be completed: \(describeErrno())",
        remedy: "check the free space and the permissions of the folder")
    }
    isCommitted = true
    unfinishedFiles.withLock { _ = $0.remove(temporary) }
    let folder = (target as NSString).deletingLastPathComponent
    let folderDescriptor = unsafe open(
      folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folderDescriptor >= 0 {
      fsync(folderDescriptor)
      close(folderDescriptor)
    }
  }

  deinit {
    close(descriptor)
    if let temporary, !isCommitted { WholeFile.discard(temporary) }
  }

  /// Writes a whole file in one step.
  /// - Throws: `DataError`; no file is left then.
  public static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    var file = try WholeFile(path: path)
    try file.write(bytes)
    try file.commit()
  }
}

/// What kind of file is there, links followed; nil for none.
func fileKind(_ path: String) -> mode_t? {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
}

/// The path without links, or the same path where nothing is there yet.
private func followed(_ path: String) -> String {
  guard let resolved = unsafe realpath(path, nil) else { return path }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}

/// The temporary names of files that are being written.
private let unfinishedFiles = Mutex<Set<String>>([])

extension WholeFile {
  private static func discard(_ temporary: String) {
    unsafe unlink(temporary)
    unfinishedFiles.withLock { _ = $0.remove(temporary) }
  }

  /// Removes what is half-written. For the handler of an interrupt, which ends the process next.
  public static func removeUnfinished() {
    unfinishedFiles.withLock { names in
      for name in names { unsafe unlink(name) }
    }
  }
}

/// Writes all of `bytes`, however often the system takes a part only.
package func writeAll(
  _ bytes: borrowing [UInt8], to descriptor: Int32, path: String
) throws(DataError) {
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      // Safe: `written` is less than the count of the buffer.
      unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
    }
    if count < 0 {
      if errno == EINTR { continue }
      if errno == EPIPE {
        throw DataError(.closedPipe, file: path, problem: "has no reader any more", remedy: "")
      }
      throw DataError(
        .inputOutput, file: path, problem: "cannot be written: \(describeErrno())",
        remedy: "check the free space")
    }
    written += count
  }
}

/// The system's words for the last error.
package func describeErrno() -> String {
  unsafe String(cString: strerror(errno))
}
