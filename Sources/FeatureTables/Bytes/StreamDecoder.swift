/// Turns a compressed stream into its content, piece by piece.
///
/// Several streams may follow each other, as gzip and zstd allow.
protocol StreamDecoder: AnyObject {
  var form: CompressedForm { get }

  /// Whether a stream was begun and is not over.
  var isInsideStream: Bool { get }

  /// Goes on with the front of `input` until it is used up or `output` is full. Neither is kept.
  func decode(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> DecodingStep
}

/// How far a decoder came.
struct DecodingStep {
  /// Bytes of the input that were used.
  var consumed = 0
  /// Bytes of the output that were written.
  var produced = 0
  /// Why the stream cannot go on after that; nil where it can.
  var failure: String?
}

/// The forms of compression that are taken off, told by the first bytes.
enum CompressedForm: String {
  case gzip
  case zstd

  init?(firstBytes: ArraySlice<UInt8>) {
    let magic = Array(firstBytes.prefix(4))
    if magic.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if magic == [0x28, 0xB5, 0x2F, 0xFD] || CompressedForm.beginsSkippableFrame(magic) {
      self = .zstd
    } else {
      return nil
    }
  }

  /// A frame without content, which some writers of zstd put in front (RFC 8878, section 3.1.2).
  private static func beginsSkippableFrame(_ magic: [UInt8]) -> Bool {
    magic.count == 4 && magic[0] & 0xF0 == 0x50 && magic[1...] == [0x2A, 0x4D, 0x18]
  }

  func makeDecoder() -> any StreamDecoder {
    switch self {
    case .gzip: GzipDecoder()
    case .zstd: ZstdDecoder()
    }
  }

  /// The error for a stream that cannot be read on.
  func damaged(_ file: String, _ problem: String) -> DataError {
    DataError(
      file: file, problem: "the \(rawValue) stream \(problem)",
      remedy: "fetch the file again; '\(rawValue) -t' tests it")
  }
}
