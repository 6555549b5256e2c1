/// Rows in the order of their codes.
@safe struct SortedRows {
  let rows: UnsafeMutablePointer<ForestRow>
  let count: Int

  /// - Parameter rows: which have to live as long.
  init(_ rows: UnsafeMutableBufferPointer<ForestRow>) {
    unsafe self.rows = rows.baseAddress.unsafelyUnwrapped
    count = rows.count
  }
}

extension ForestSplitSearch {
  /// The rows of a node with their codes, sorted.
  func sort(_ node: NodeColumn) -> SortedRows {
    precondition(node.count <= workspace.sorted.count && node.count > 0)
    let target = unsafe workspace.sorted.base
    for place in 0..<node.count {
      unsafe target[place] = ForestRow(node.rows[place], code: node.codes[place])
    }
    return unsafe SortedRows(
      sortByCode(
        UnsafeMutableBufferPointer(start: target, count: node.count),
        scratch: UnsafeMutableBufferPointer(start: workspace.otherSorted.base, count: node.count),
        lowest: node.lowest, highest: node.highest))
  }

  /// Moves sorted rows to the left one code after the other, trying the thresholds between them.
  func scanRows(_ sorted: SortedRows, _ scan: inout GiniScan, _ best: inout CodeThreshold) {
    let rows = unsafe sorted.rows
    var (place, previous): (Int, Int?) = (0, nil)
    while place < sorted.count {
      let first = unsafe rows[place]
      var end = place &+ 1
      var only: Int? = first.classCode
      while unsafe end < sorted.count && rows[end].code == first.code {
        if unsafe rows[end].classCode != first.classCode { only = nil }
        end &+= 1
      }
      if place > 0 && !isInside(previous, only) {
        let below = unsafe rows[place &- 1].code
        consider(scan, cut: CodeCut(below: below, above: first.code, isOfCodes: true), &best)
      }
      for moved in place..<end {
        let row = unsafe rows[moved]
        scan.move(classCode: row.classCode, units: row.units, rows: 1)
      }
      previous = only
      place = end
    }
  }
}
