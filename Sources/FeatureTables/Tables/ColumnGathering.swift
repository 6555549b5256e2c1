import CMalloc

extension NumberColumn {
  /// The rows of all parts one after the other, column by column, in one buffer; `columns` has for
  /// each column its parts.
  ///
  /// Some rows at a time are copied and then let go, so that the table is in memory only once.
  package static func columnMajor(
    _ columns: consuming [[NumberColumn]], rowCount: Int, parallel: Parallel
  ) -> [Double] {
    var sources = columns.map(GatheredColumn.init)
    columns = []
    let length = rowCount * sources.count
    return unsafe [Double](unsafeUninitializedCapacity: length) { buffer, filled in
      unsafe LargePages.prefer(buffer)
      // Few at a time, so that the pages that are let go are the next to be filled: the system clears
      // memory that it had not in use much more slowly.
      let groupBytes = 1 << 24
      let groupRows = max(1_024, groupBytes / 8 / max(1, sources.count))
      for start in Swift.stride(from: 0, to: rowCount, by: groupRows) {
        unsafe copy(&sources, upTo: start + groupRows, rowCount: rowCount, parallel, to: buffer)
        // The C library keeps what was freed in the middle of its heap, unless it is asked.
        if length * 8 > groupBytes { malloc_trim(0) }
      }
      precondition(sources.allSatisfy { $0.row == rowCount }, "a column has too few rows")
      filled = length
    }
  }

  /// Copies the segments that begin before row `end`, and lets go of them.
  private static func copy(
    _ sources: inout [GatheredColumn], upTo end: Int, rowCount: Int, _ parallel: Parallel,
    to buffer: UnsafeMutableBufferPointer<Double>
  ) {
    // Safe: each column has its own range of the buffer, which is checked, and all threads are done
    // when this returns.
    nonisolated(unsafe) let buffer = unsafe buffer
    let given = sources
    sources = []
    sources = parallel.map(given.count) { column in
      var source = given[column]
      let target = unsafe UnsafeMutableBufferPointer(
        rebasing: buffer[column * rowCount..<(column + 1) * rowCount])
      while source.row < end, let segment = source.rest.popLast() {
        let next = source.row + segment.count
        _ = unsafe UnsafeMutableBufferPointer(rebasing: target[source.row..<next])
          .initialize(from: segment)
        source.row = next
      }
      return source
    }
  }
}

/// How far a column is copied.
private struct GatheredColumn: Sendable {
  /// The segments that are still to be copied, the last of them first.
  var rest: [ArraySlice<Double>]
  /// Rows that are copied.
  var row = 0

  init(_ parts: [NumberColumn]) { rest = parts.flatMap(\.segments).reversed() }
}
