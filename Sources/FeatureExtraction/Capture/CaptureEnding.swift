/// How a capture ended.
public struct CaptureEnding: Sendable, Equatable, Codable {
  /// Whether a file was used to its end. The raw value stands in accounts.
  public enum State: String, Sendable, Codable {
    /// With its last whole record.
    case complete
    /// In the middle of a record: a tail is missing.
    case cut
    /// At bytes that are no record: a stale tail of an older file, or damage.
    case damaged
    /// Reading stopped before the end because a limit was reached.
    case limited
  }

  /// Whether the file was used to its end.
  public let state: State
  /// Where in the (decompressed) file the first byte lies that was not used; nil if complete.
  public let byte: UInt64?
  /// For a person: what is wrong there; nil if complete.
  public let reason: String?

  static let complete = CaptureEnding(state: .complete, byte: nil, reason: nil)

  enum CodingKeys: String, CodingKey {
    case state, byte, reason
  }
}
