import CMalloc
import Glibc

extension NumberColumn {
  /// The rows of all parts one after the other, column by column, in one buffer; `columns` has for
  /// each column its parts.
  ///
  /// A few columns at a time are copied and then let go, so that the rows are in memory only once.
  package static func columnMajor(
    _ columns: inout [[NumberColumn]], rowCount: Int, parallel: Parallel
  ) -> [Double] {
    let length = rowCount * columns.count
    return unsafe [Double](unsafeUninitializedCapacity: length) { buffer, filled in
      unsafe preferLargePages(UnsafeRawBufferPointer(buffer))
      let groupSize = 4 * parallel.threads
      for start in stride(from: 0, to: columns.count, by: groupSize) {
        let group = start..<min(start + groupSize, columns.count)
        unsafe copy(
          columns[group], rowCount: rowCount, parallel: parallel,
          to: UnsafeMutableBufferPointer(
            rebasing: buffer[start * rowCount..<group.upperBound * rowCount]))
        for column in group { columns[column] = [] }
        returnFreeMemory(ofAbout: group.count * rowCount * MemoryLayout<Double>.stride)
      }
      filled = length
    }
  }

  private static func copy(
    _ columns: ArraySlice<[NumberColumn]>, rowCount: Int, parallel: Parallel,
    to target: UnsafeMutableBufferPointer<Double>
  ) {
    // Safe: each column has its own range of the target, which is checked, and all threads are
    // done when this returns.
    nonisolated(unsafe) let target = unsafe target
    parallel.forEach(columns.count) { index in
      var position = index * rowCount
      for segment in columns[columns.startIndex + index].lazy.flatMap(\.segments) {
        let end = position + segment.count
        _ = unsafe UnsafeMutableBufferPointer(rebasing: target[position..<end])
          .initialize(from: segment)
        position = end
      }
      precondition(position == (index + 1) * rowCount, "a column has another number of rows")
    }
  }

  /// Asks for pages of two megabytes, which are cleared and found faster than small ones.
  private static func preferLargePages(_ buffer: UnsafeRawBufferPointer) {
    let page = 1 << 21
    guard let base = buffer.baseAddress, buffer.count >= 2 * page else { return }
    let start = unsafe base.alignedUp(toMultipleOf: page)
    let length = unsafe (base + buffer.count).alignedDown(toMultipleOf: page) - start
    // Advice on whole pages within the buffer; that it may be refused does no harm.
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: start), length, Int32(MADV_HUGEPAGE))
  }

  /// The C library keeps what was freed in the middle of its heap, unless it is asked.
  private static func returnFreeMemory(ofAbout size: Int) {
    if size > 1 << 24 { malloc_trim(0) }
  }
}
