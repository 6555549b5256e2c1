/// Finds the best test of a node on a column: by a table of classes where the node has many rows
/// for the codes it meets, else by sorting. Both give the same integers, and so the same test.
///
/// Codes are ranks, so this is the exact search over all thresholds as long as a column has no
/// more distinct values than 16 bits can number.
struct ForestSplitSearch {
  let classCount: Int
  let minSamplesLeaf: Int
  /// The rows of the node with the code of the column: those with a value first.
  let coded: Buffer<ForestRow>
  private let scratch: Buffer<ForestRow>
  /// Units of each class, left of the threshold and in the node.
  private let lefts: Buffer<Int64>
  private let totals: Buffer<Int64>
  /// Units (upper half) and rows (lower half) of each code and class.
  private let cells: Buffer<UInt64>

  /// Cells of a table, for each row, up to which a table is faster than sorting.
  private static let cellsPerRow = 4

  init(rowCount: Int, classCount: Int, minSamplesLeaf: Int) {
    self.classCount = classCount
    self.minSamplesLeaf = minSamplesLeaf
    coded = Buffer(uninitialized: rowCount)
    scratch = Buffer(uninitialized: rowCount)
    lefts = Buffer(count: classCount, repeating: 0)
    totals = Buffer(count: classCount, repeating: 0)
    cells = Buffer(uninitialized: rowCount * ForestSplitSearch.cellsPerRow)
  }

  /// Has to be called before the columns of a node are searched.
  func begin(_ node: ForestNode) {
    precondition(node.totals.count == classCount)
    for code in 0..<classCount { totals[code] = node.totals[code] }
  }

  /// All rows on the right, or all but those without a value.
  func scan(_ codes: CodeRange, missingGoesLeft: Bool) -> GiniScan {
    var scan = unsafe GiniScan(
      lefts: lefts.base, totals: totals.base, classCount: classCount,
      rowCount: codes.present + codes.missing)
    if missingGoesLeft {
      for place in codes.present..<codes.present + codes.missing {
        let row = unsafe coded.base[place]
        scan.move(classCode: row.classCode, units: row.units, rows: 1)
      }
    }
    return scan
  }

  /// The best test on a column whose codes were gathered, and differ; nil if none leaves enough
  /// rows on both sides. The lowest of equals wins, missing values right before left.
  func best(_ codes: CodeRange) -> CodeThreshold? {
    let span = (codes.highest - codes.lowest + 1) * classCount
    let usesTable = span <= codes.present * ForestSplitSearch.cellsPerRow
    let sorted = unsafe usesTable ? coded.base : sortedRows(codes)
    if usesTable { fillTable(codes, span: span) }
    var best = CodeThreshold()
    for missingGoesLeft in [false, true] where !missingGoesLeft || codes.missing > 0 {
      var scan = scan(codes, missingGoesLeft: missingGoesLeft)
      var candidate = best
      candidate.missingGoesLeft = missingGoesLeft
      if usesTable {
        scanTable(codes, &scan, &candidate)
      } else {
        unsafe scanRows(sorted, codes, &scan, &candidate)
      }
      if codes.missing > 0 && !missingGoesLeft {
        consider(scan, between: codes.highest, and: nil, &candidate)
      }
      if candidate.score > best.score { best = candidate }
    }
    return best.score > -.infinity ? best : nil
  }

  @inline(__always)
  func consider(
    _ scan: GiniScan, between low: Int, and high: Int?, _ best: inout CodeThreshold
  ) {
    guard scan.leftRows >= minSamplesLeaf && scan.rightRows >= minSamplesLeaf else { return }
    let score = scan.score
    guard score > best.score else { return }
    best.score = score
    best.low = low
    best.high = high
  }

  // MARK: By sorting

  private func sortedRows(_ codes: CodeRange) -> UnsafeMutablePointer<ForestRow> {
    unsafe sortByCode(
      UnsafeMutableBufferPointer(start: coded.base, count: codes.present),
      scratch: UnsafeMutableBufferPointer(start: scratch.base, count: codes.present),
      lowest: codes.lowest, highest: codes.highest
    ).baseAddress.unsafelyUnwrapped
  }

  private func scanRows(
    _ rows: UnsafeMutablePointer<ForestRow>, _ codes: CodeRange, _ scan: inout GiniScan,
    _ best: inout CodeThreshold
  ) {
    var current = codes.lowest
    for place in 0..<codes.present {
      let row = unsafe rows[place]
      let code = row.code
      if code != current {
        consider(scan, between: current, and: code, &best)
        current = code
      }
      scan.move(classCode: row.classCode, units: row.units, rows: 1)
    }
  }

  // MARK: By a table

  private func fillTable(_ codes: CodeRange, span: Int) {
    precondition(span <= cells.count && codes.present <= coded.count)
    // Safe: codes are within their range and classes below their number.
    let (table, rows) = unsafe (cells.base, coded.base)
    unsafe table.update(repeating: 0, count: span)
    let (lowest, classCount) = (codes.lowest, classCount)
    for place in 0..<codes.present {
      let row = unsafe rows[place]
      let cell = (row.code &- lowest) &* classCount &+ row.classCode
      unsafe table[cell] &+= UInt64(bitPattern: row.units) &<< 32 | 1
    }
  }

  private func scanTable(
    _ codes: CodeRange, _ scan: inout GiniScan, _ best: inout CodeThreshold
  ) {
    var current = codes.lowest
    var place = 0
    for code in codes.lowest...codes.highest {
      for classCode in 0..<classCount {
        let cell = unsafe cells.base[place]
        place &+= 1
        if cell == 0 { continue }
        if code != current {
          consider(scan, between: current, and: code, &best)
          current = code
        }
        scan.move(
          classCode: classCode, units: Int64(truncatingIfNeeded: cell &>> 32),
          rows: Int(truncatingIfNeeded: cell & 0xFFFF_FFFF))
      }
    }
  }
}

/// A threshold between two codes that both occur in a node.
struct CodeThreshold {
  /// The greatest code that goes left.
  var low = 0
  /// The least code that goes right; nil where only missing values do.
  var high: Int?
  var missingGoesLeft = false
  var score = -Double.infinity
}

/// The codes of a node's rows in a column, the missing ones apart.
struct CodeRange {
  var lowest = Int.max
  var highest = -1
  var present = 0
  var missing = 0

  var canDivide: Bool { present > 0 && (lowest < highest || missing > 0) }
}
