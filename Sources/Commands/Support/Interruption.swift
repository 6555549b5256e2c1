import Glibc
import Synchronization

/// What there is to say when the process is interrupted.
enum Interruption {
  private struct State {
    var words: String?
    /// Whether a file is being written that changes what there is to say.
    var isWriting = false
  }

  private static let state = Mutex(State())

  /// Says this from now on; nil for nothing.
  static func say(_ words: String?) { state.withLock { $0 = State(words: words) } }

  /// A file is being written, until the next words.
  static func beginWriting() { state.withLock { $0.isWriting = true } }

  /// The words for standard error; nil for none. A file that is being written gets five seconds to
  /// appear, so that what is said of it is true.
  static func lastWords() -> String? {
    for _ in 0..<500 where state.withLock({ $0.isWriting }) { usleep(10_000) }
    return state.withLock { $0.words }
  }
}
