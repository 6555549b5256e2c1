/// Where the cells of each column are in the histogram of a node: packed, since a fixed stride of
/// 256 cells would put the common codes of all columns in one set of the cache.
struct HistogramLayout: Sendable {
  let offsets: [Int]
  let cellCount: Int

  init(_ columns: [BinnedColumn<UInt8>]) {
    var offsets: [Int] = []
    var total = 0
    for column in columns {
      offsets.append(total)
      total += column.codeCount
    }
    self.offsets = offsets
    cellCount = total
  }
}
