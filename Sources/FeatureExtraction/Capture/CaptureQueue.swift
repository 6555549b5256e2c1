import FeatureTables
import Glibc

/// Several captures as one stream: ordered by the time of their first packet, those without a
/// packet last, and in the order given where times are equal. A file named twice is read twice.
///
/// Of thousands of files one is open at a time; only what cannot be read twice, such as standard
/// input or a pipe, is kept open from the look at its first packet on.
package struct CaptureQueue: ~Copyable {
  private var captures: ArraySlice<QueuedCapture>
  private let digesting: Bool

  /// - Parameter digesting: whether the readers keep the digest of the stored file.
  /// - Throws: `DataError` if one of them is not there or is no capture, and of kind `usage` if
  ///   one that can be read only once is named twice.
  package init(_ paths: [String], digesting: Bool) throws(DataError) {
    self.digesting = digesting
    try CaptureQueue.refuseRepeatedPipes(paths)
    var captures: [QueuedCapture] = []
    for path in paths {
      // One alone needs no order, and is not opened twice.
      let capture =
        try paths.count == 1
        ? QueuedCapture(path) : QueuedCapture(peekingAt: path, digesting: digesting)
      captures.append(capture)
    }
    self.captures =
      captures.enumerated().sorted {
        ($0.element.firstTime, $0.offset) < ($1.element.firstTime, $1.offset)
      }.map(\.element)[...]
  }

  /// The next capture, from its first packet; nil after the last.
  package mutating func next() throws(DataError) -> CaptureReader? {
    guard let capture = captures.popFirst() else { return nil }
    return try capture.open(digesting: digesting)
  }

  private static func refuseRepeatedPipes(_ paths: [String]) throws(DataError) {
    guard Set(paths).count < paths.count else { return }
    var pipes: Set<String> = []
    for path in paths where !QueuedCapture.isRegularFile(path) {
      guard pipes.insert(path).inserted else {
        throw DataError(
          .usage, file: path, problem: "is named twice, and can be read only once",
          remedy: "name it once")
      }
    }
  }
}

/// A capture and the time of its first packet. What cannot be read twice is kept open.
private final class QueuedCapture {
  let path: String
  let firstTime: Int64
  private var reader: CaptureReader?

  init(_ path: String) {
    self.path = path
    firstTime = 0
    reader = nil
  }

  init(peekingAt path: String, digesting: Bool) throws(DataError) {
    self.path = path
    let isReadTwice = QueuedCapture.isRegularFile(path)
    var reader = try CaptureReader(path: path, digesting: digesting && !isReadTwice)
    firstTime = try reader.firstTime() ?? .max
    self.reader = isReadTwice ? nil : consume reader
  }

  func open(digesting: Bool) throws(DataError) -> CaptureReader {
    if let held = reader.take() { return held }
    return try CaptureReader(path: path, digesting: digesting)
  }

  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
