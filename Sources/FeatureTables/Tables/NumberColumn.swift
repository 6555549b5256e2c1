/// A column of numbers that grows by whole segments, so that growing copies nothing and the
/// column can be let go piece by piece.
package struct NumberColumn: Sendable {
  /// Each twice as long as the one before, up to two megabytes.
  package private(set) var segments: [[Double]] = []
  package private(set) var count = 0
  private static let firstLength = 1 << 10
  private static let longest = 1 << 18

  package init() {}

  package init(_ values: [Double]) {
    segments = [values]
    count = values.count
  }

  package mutating func append(_ values: ArraySlice<Double>) {
    var rest = values
    while !rest.isEmpty {
      if segments.last.map({ $0.count == $0.capacity }) ?? true { addSegment() }
      let last = segments.count - 1
      let room = segments[last].capacity - segments[last].count
      segments[last].append(contentsOf: rest.prefix(room))
      count += min(room, rest.count)
      rest = rest.dropFirst(room)
    }
  }

  private mutating func addSegment() {
    let length = segments.last.map { min($0.count * 2, NumberColumn.longest) }
    var segment: [Double] = []
    segment.reserveCapacity(length ?? NumberColumn.firstLength)
    segments.append(segment)
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

  /// The rows of `parts` one after the other, column by column, in one buffer. Each column is let
  /// go as soon as it is copied, so that the rows are in memory only once.
  package static func columnMajor(_ columns: inout [[NumberColumn]], rowCount: Int) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(rowCount * columns.count)
    for column in columns.indices {
      for part in columns[column] {
        for segment in part.segments { values.append(contentsOf: segment) }
      }
      columns[column] = []
    }
    return values
  }

  /// How many values satisfy a condition.
  package func count(where isCounted: (Double) -> Bool) -> Int {
    segments.reduce(0) { sum, segment in sum + segment.count { isCounted($0) } }
  }

  /// Whether all values satisfy a condition.
  package func allSatisfy(_ condition: (Double) -> Bool) -> Bool {
    segments.allSatisfy { $0.allSatisfy(condition) }
  }
}
