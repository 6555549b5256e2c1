import FeatureTables
import Glibc

/// Several captures as one stream: ordered by the time of their first packet, those without a
/// packet last, and in the order given where times are equal.
struct CaptureQueue: ~Copyable {
  private var captures: ArraySlice<QueuedCapture>

  /// - Throws: `DataError` if one of them is not there or is no capture.
  init(_ paths: [String]) throws(DataError) {
    var captures: [QueuedCapture] = []
    for path in paths {
      // One alone needs no order, and is not opened twice.
      let capture = try paths.count == 1 ? QueuedCapture(path) : QueuedCapture(peekingAt: path)
      captures.append(capture)
    }
    self.captures =
      captures.enumerated().sorted {
        ($0.element.firstTime, $0.offset) < ($1.element.firstTime, $1.offset)
      }.map(\.element)[...]
  }

  /// The next capture, from its first packet; nil after the last.
  mutating func next() throws(DataError) -> CaptureReader? {
    guard let capture = captures.popFirst() else { return nil }
    return try capture.open()
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

  init(peekingAt path: String) throws(DataError) {
    self.path = path
    var reader = try CaptureReader(path: path)
    firstTime = try reader.firstTime() ?? .max
    self.reader = QueuedCapture.isRegularFile(path) ? nil : consume reader
  }

  func open() throws(DataError) -> CaptureReader {
    if let held = reader.take() { return held }
    return try CaptureReader(path: path)
  }

  private static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
