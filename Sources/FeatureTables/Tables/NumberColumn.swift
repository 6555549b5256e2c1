/// A column of numbers in segments, so that it grows without copying and can be changed on several
/// threads.
package struct NumberColumn: Sendable {
  package private(set) var segments: [[Double]] = []
  package private(set) var count = 0

  package init() {}

  package init(_ values: [Double]) { append(values) }

  /// Adds a segment at the end.
  package mutating func append(_ values: [Double]) {
    guard !values.isEmpty else { return }
    segments.append(values)
    count += values.count
  }

  /// Changes the values in place, a segment at a time.
  package mutating func update(_ body: (inout [Double]) -> Void) {
    for index in segments.indices { body(&segments[index]) }
  }

  /// All values in one array.
  package func contiguous() -> [Double] {
    if segments.count == 1 { return segments[0] }
    var values: [Double] = []
    values.reserveCapacity(count)
    for segment in segments { values.append(contentsOf: segment) }
    return values
  }

  /// The first values, at most so many.
  package func prefix(_ length: Int) -> [Double] { Array(segments.joined().prefix(length)) }

  /// How many values satisfy a condition.
  package func count(where isCounted: (Double) -> Bool) -> Int {
    segments.reduce(0) { sum, segment in sum + segment.count { isCounted($0) } }
  }

  /// Whether all values satisfy a condition.
  package func allSatisfy(_ condition: (Double) -> Bool) -> Bool {
    segments.allSatisfy { $0.allSatisfy(condition) }
  }
}
