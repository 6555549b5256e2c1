import Synchronization

/// What there is to say when the process is interrupted.
enum Interruption {
  private static let text = Mutex<String?>(nil)

  /// The words for standard error; nil for none.
  static var words: String? {
    get { text.withLock { $0 } }
    set { text.withLock { $0 = newValue } }
  }
}
