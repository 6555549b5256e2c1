import Reports
import Synchronization

/// How far work of many like parts is, and how long the rest takes at the pace so far.
package struct Pace: Sendable {
  /// What the parts are called: `trees`.
  package let unit: String
  /// Parts that were there before the work began.
  package var first = 0
  /// Parts that are there.
  package var done = 0
  /// Parts that there will be at most.
  package var total = 0

  package init(unit: String) { self.unit = unit }

  /// Seconds that the rest takes if its parts take as long as those before; nil before the first.
  package func remaining(after seconds: Double) -> Double? {
    done > first ? seconds / Double(done - first) * Double(total - done) : nil
  }

  /// For a person: `30 of 100 trees, 12 s, about 28 s left`.
  package func words(after seconds: Double) -> String {
    guard total > 0 else { return Pace.duration(seconds) }
    var text = "\(NumberText.count(done)) of \(NumberText.count(total)) \(unit), "
    text += Pace.duration(seconds)
    if let rest = remaining(after: seconds) { text += ", about \(Pace.duration(rest)) left" }
    return text
  }

  /// `42 s`, `3 min 10 s`, `2 h 5 min`.
  package static func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds.rounded()), 1e9))
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3_600: return "\(whole / 60) min \(whole % 60) s"
    default: return "\(whole / 3_600) h \(whole / 60 % 60) min"
    }
  }
}

/// A pace that working threads report to.
final class PaceKeeper: Sendable {
  private let pace: Mutex<Pace>

  init(unit: String) { pace = Mutex(Pace(unit: unit)) }

  /// The work begins with so many parts that are there already.
  func begin(with count: Int) { pace.withLock { ($0.first, $0.done) = (count, count) } }

  /// A report that comes late changes nothing.
  func report(_ done: Int, of total: Int) {
    pace.withLock { ($0.done, $0.total) = (max($0.done, done), total) }
  }

  /// For a person.
  func words(after seconds: Double) -> String { pace.withLock { $0.words(after: seconds) } }
}
