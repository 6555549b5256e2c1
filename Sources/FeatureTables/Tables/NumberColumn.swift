/// A column of numbers in segments, which are slices of the blocks that they were read in.
package struct NumberColumn: Sendable {
  package private(set) var segments: [ArraySlice<Double>] = []
  package private(set) var count = 0

  package init() {}

  package init(_ values: [Double]) { append(values[...]) }

  /// Adds a segment at the end.
  package mutating func append(_ values: ArraySlice<Double>) {
    guard !values.isEmpty else { return }
    segments.append(values)
    count += values.count
  }

  /// Takes the first segment out.
  mutating func removeFirst() -> ArraySlice<Double> {
    count -= segments[0].count
    return segments.removeFirst()
  }

  /// Replaces segments by others of the same length; where `body` gives nil, one stays as it is.
  package mutating func replace(
    _ parallel: Parallel, _ body: @Sendable (ArraySlice<Double>) -> [Double]?
  ) {
    let given = segments
    let changed = parallel.map(given.count) { body(given[$0]) }
    for (index, values) in changed.enumerated() {
      guard let values else { continue }
      precondition(values.count == segments[index].count, "a segment changed its length")
      segments[index] = values[...]
    }
  }

  /// How many values satisfy a condition.
  package func count(_ parallel: Parallel, where isCounted: @Sendable (Double) -> Bool) -> Int {
    parallel.map(segments.count) { segments[$0].count { isCounted($0) } }.reduce(0, +)
  }

  /// All values in one array.
  package func contiguous() -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    for segment in segments { values.append(contentsOf: segment) }
    return values
  }

  /// The first values, at most so many.
  package func prefix(_ length: Int) -> [Double] { Array(segments.joined().prefix(length)) }

  /// Whether all values satisfy a condition.
  package func allSatisfy(_ condition: (Double) -> Bool) -> Bool {
    segments.allSatisfy { $0.allSatisfy(condition) }
  }
}
