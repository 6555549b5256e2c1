/// Counts the data rows of a text table as its bytes go by: lines without the header, its
/// repetitions, comments (`#`) and lines that hold nothing but separators.
struct RowCounter {
  private(set) var rows = 0
  private let isHeadless: Bool
  private var header: [UInt8] = []
  private var hasHeader = false

  // The line that is being read.
  private var length = 0
  private var hasContent = false
  private var isComment = false
  private var equalsHeader = true

  init(headless: Bool) { isHeadless = headless }

  mutating func count(_ bytes: [UInt8]) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        endLine()
      } else if byte != UInt8(ascii: "\r") {
        take(byte)
      }
    }
  }

  /// The rows after the last byte, whether or not it ended a line.
  mutating func finish() -> Int {
    endLine()
    return rows
  }

  private mutating func take(_ byte: UInt8) {
    if length == 0 { isComment = byte == UInt8(ascii: "#") }
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ";"): break
    default: hasContent = true
    }
    if !isHeadless {
      if !hasHeader {
        header.append(byte)
      } else if length >= header.count || header[length] != byte {
        equalsHeader = false
      }
    }
    length += 1
  }

  private mutating func endLine() {
    if hasContent, !isComment {
      if isHeadless {
        rows += 1
      } else if !hasHeader {
        hasHeader = true
      } else if !(equalsHeader && length == header.count) {
        rows += 1
      }
    } else if !hasHeader {
      header = []
    }
    (length, hasContent, isComment, equalsHeader) = (0, false, false, true)
  }
}
