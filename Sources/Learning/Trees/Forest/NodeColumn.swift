/// The rows of a node and their codes in one column, side by side. Rows without a value are apart:
/// of them only the units of each class are kept.
///
/// Safe as long as the workspace it was gathered into lives and nothing else is gathered into it.
@safe struct NodeColumn {
  let codes: UnsafePointer<UInt16>
  let rows: UnsafePointer<ForestRow>
  /// Rows that have a value, and that have none.
  let count: Int
  let missingCount: Int
  /// Of the codes of values, if there are any.
  let lowest: Int
  let highest: Int

  var canDivide: Bool { count > 0 && (lowest < highest || missingCount > 0) }

  private init(
    codes: UnsafePointer<UInt16>, rows: UnsafePointer<ForestRow>, count: Int, missingCount: Int,
    lowest: Int, highest: Int
  ) {
    unsafe self.codes = codes
    unsafe self.rows = rows
    self.count = count
    self.missingCount = missingCount
    self.lowest = lowest
    self.highest = highest
  }

  /// Gives the rows of a node the codes of a column.
  init(
    _ column: BinnedColumn<UInt16>, partition: ForestPartition, range: Range<Int>,
    workspace: ForestWorkspace
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= partition.count)
    // Safe: indices are rows of the table by construction of the partition.
    let indices = unsafe partition.indices.base + range.lowerBound
    let rows = unsafe partition.rows.base + range.lowerBound
    if column.hasMissing {
      count = unsafe NodeColumn.gatherPresent(
        column, indices: indices, rows: rows, count: range.count, workspace: workspace)
      unsafe self.rows = UnsafePointer(workspace.presentRows.base)
    } else {
      let (source, target) = unsafe (column.codes.base, workspace.codes.base)
      for place in 0..<range.count {
        unsafe target[place] = source[Int(truncatingIfNeeded: indices[place])]
      }
      count = range.count
      unsafe self.rows = UnsafePointer(rows)
    }
    unsafe codes = UnsafePointer(workspace.codes.base)
    missingCount = range.count - count
    (lowest, highest) = unsafe NodeColumn.extent(codes, count: count)
  }

  /// - Returns: how many rows have a value.
  private static func gatherPresent(
    _ column: BinnedColumn<UInt16>, indices: UnsafePointer<Int32>,
    rows: UnsafePointer<ForestRow>, count: Int, workspace: ForestWorkspace
  ) -> Int {
    let missing = workspace.missing
    for code in 0..<missing.count { missing[code] = 0 }
    let missingCode = UInt16(truncatingIfNeeded: column.missingCode)
    var present = 0
    for place in 0..<count {
      let code = unsafe column.codes.base[Int(truncatingIfNeeded: indices[place])]
      let row = unsafe rows[place]
      if code == missingCode {
        unsafe missing.base[row.classCode] &+= row.units
      } else {
        unsafe workspace.codes.base[present] = code
        unsafe workspace.presentRows.base[present] = row
        present &+= 1
      }
    }
    return present
  }

  private static func extent(
    _ codes: UnsafePointer<UInt16>, count: Int
  ) -> (lowest: Int, highest: Int) {
    var (lowest, highest) = (UInt16.max, UInt16.min)
    for place in 0..<count {
      let code = unsafe codes[place]
      lowest = min(lowest, code)
      highest = max(highest, code)
    }
    return (Int(lowest), Int(highest))
  }

  /// The rows whose code is in a range. Those of a part may be divided further.
  func part(_ range: ClosedRange<Int>, _ workspace: ForestWorkspace) -> NodeColumn {
    precondition(count <= workspace.partRows.count)
    // Safe: never more than were there, and a row of a part is read before it is overwritten.
    let (target, targetRows) = unsafe (workspace.partCodes.base, workspace.partRows.base)
    let highest = min(highest, range.upperBound)
    let (first, width) = (UInt16(range.lowerBound), UInt16(highest - range.lowerBound))
    var size = 0
    for place in 0..<count {
      let code = unsafe codes[place]
      if code &- first > width { continue }
      unsafe target[size] = code
      unsafe targetRows[size] = rows[place]
      size &+= 1
    }
    return unsafe NodeColumn(
      codes: UnsafePointer(target), rows: UnsafePointer(targetRows), count: size,
      missingCount: missingCount, lowest: range.lowerBound, highest: highest)
  }

  /// The greatest code at or below `cut`, and the least above it; both have to exist.
  func codes(around cut: Int) -> (below: Int, above: Int) {
    let cut = UInt16(truncatingIfNeeded: cut)
    var (below, above) = (UInt16.min, UInt16.max)
    for place in 0..<count {
      let code = unsafe codes[place]
      below = max(below, code <= cut ? code : UInt16.min)
      above = min(above, code <= cut ? UInt16.max : code)
    }
    return (Int(below), Int(above))
  }
}
