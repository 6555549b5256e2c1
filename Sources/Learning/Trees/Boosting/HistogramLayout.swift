/// Where the cells of each column are in the histogram of a node. Packed, since a fixed stride of 256
/// cells would put the common codes of all columns in one set of the cache.
package struct HistogramLayout: Sendable {
  /// The first cell of each column.
  package let offsets: [Int]
  package let cellCount: Int

  package init(_ columns: [BinnedColumn<UInt8>]) {
    var total = 0
    offsets = columns.map { column in
      defer { total += column.codeCount }
      return total
    }
    cellCount = total
  }
}
