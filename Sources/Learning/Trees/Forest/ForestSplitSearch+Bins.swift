/// The codes of a node in bins of equal width, a power of two.
struct NodeBins {
  let lowest: Int
  let shift: Int
  let count: Int

  init(_ node: NodeColumn) {
    lowest = node.lowest
    let span = node.highest - node.lowest
    var most = 16
    while most < ForestWorkspace.mostBins && 2 * most < node.count { most *= 2 }
    var shift = 0
    while span >> shift >= most { shift += 1 }
    self.shift = shift
    count = (span >> shift) + 1
  }

  @inline(__always) func bin(of code: Int) -> Int { (code &- lowest) &>> shift }

  /// The first code of a bin.
  @inline(__always) func first(of bin: Int) -> Int { lowest &+ bin &<< shift }

  /// Between two bins.
  @inline(__always) func cut(after bin: Int, before next: Int) -> CodeCut {
    CodeCut(below: first(of: bin &+ 1) &- 1, above: first(of: next), isOfCodes: shift == 0)
  }
}

extension ForestSplitSearch {
  /// Tries the thresholds between bins of a node, then, in finer bins, those where a better one may
  /// be, until there are none or few rows.
  /// - Parameter scan: from its lowest code on.
  func scanBins(_ node: NodeColumn, from scan: inout GiniScan, _ best: inout CodeThreshold) {
    var (part, bins) = (node, NodeBins(node))
    while true {
      fill(part, bins)
      scan.keep()
      var found = CodeThreshold(missingGoesLeft: best.missingGoesLeft)
      scanEnds(bins, &scan, &found)
      best.takeBetter(found)
      guard bins.shift > 0, let inside = binsToLookInside(bins, best) else { return }
      scan.restore()
      for bin in 0..<inside.lowerBound { move(bin, &scan) }
      part = part.part(
        bins.first(of: inside.lowerBound)...bins.first(of: inside.upperBound) - 1, workspace)
      let finer = NodeBins(part)
      if part.count <= ForestSplitSearch.fewRows || finer.shift >= bins.shift { break }
      bins = finer
    }
    var found = CodeThreshold(missingGoesLeft: best.missingGoesLeft)
    scanRows(sort(part), &scan, &found)
    best.takeBetter(found)
  }

  /// Adds the rows of a node up by bin and class.
  private func fill(_ node: NodeColumn, _ bins: NodeBins) {
    let (size, classCount) = (bins.count * classCount, classCount)
    // Rows with equal codes often follow each other, and adding to one cell again has to wait for
    // the addition before: two tables in turn.
    let usesTwo = node.count >= 4 * size
    precondition(2 * size <= workspace.cells.count)
    // Safe: codes are within their range and classes below their number.
    let (cells, codes, rows) = unsafe (workspace.cells.base, node.codes, node.rows)
    unsafe cells.update(repeating: 0, count: usesTwo ? 2 * size : size)
    let others = unsafe usesTwo ? cells + size : cells
    let half = node.count / 2
    for pair in 0..<half {
      let (place, next) = (2 &* pair, 2 &* pair &+ 1)
      let (row, nextRow) = unsafe (rows[place], rows[next])
      let (bin, nextBin) = unsafe (
        bins.bin(of: Int(codes[place])), bins.bin(of: Int(codes[next]))
      )
      unsafe cells[bin &* classCount &+ row.classCode] &+= row.cell
      unsafe others[nextBin &* classCount &+ nextRow.classCode] &+= nextRow.cell
    }
    if node.count > 2 * half {
      let row = unsafe rows[2 &* half]
      let bin = unsafe bins.bin(of: Int(codes[2 &* half]))
      unsafe cells[bin &* classCount &+ row.classCode] &+= row.cell
    }
    if usesTwo { for cell in 0..<size { unsafe cells[cell] &+= others[cell] } }
  }

  /// Tries the thresholds between bins, and notes what those inside of each bin can reach.
  private func scanEnds(
    _ bins: NodeBins, _ scan: inout GiniScan, _ best: inout CodeThreshold
  ) {
    let bounds = unsafe workspace.bounds.base
    var (last, previous): (Int, Int?) = (-1, nil)
    for bin in 0..<bins.count {
      unsafe bounds[bin] = -.infinity
      let content = content(of: bin)
      guard content.classes > 0 else { continue }
      let only = content.classes == 1 ? content.last : nil
      if last >= 0 && !isInside(previous, only) {
        consider(scan, cut: bins.cut(after: last, before: bin), &best)
      }
      let canHold = bins.shift > 0 && (only == nil || minSamplesLeaf > 1)
      if canHold { unsafe bounds[bin] = bound(of: bin, content, scan) }
      move(bin, &scan)
      (last, previous) = (bin, only)
    }
  }

  /// From the first to the last bin inside of which a threshold may be as good as the best; nil if
  /// there is none.
  private func binsToLookInside(_ bins: NodeBins, _ best: CodeThreshold) -> Range<Int>? {
    let mayHold = { (bin: Int) in unsafe workspace.bounds.base[bin] >= best.score }
    guard let first = (0..<bins.count).first(where: mayHold),
      let last = (first..<bins.count).last(where: mayHold)
    else { return nil }
    return first..<last + 1
  }

  /// The classes in a bin.
  @inline(__always)
  private func content(of bin: Int) -> BinContent {
    let cells = unsafe workspace.cells.base + bin &* classCount
    var (classes, first, last) = (0, 0, 0)
    for code in 0..<classCount {
      let cell = unsafe cells[code]
      if cell == 0 { continue }
      if classes == 0 { first = code }
      classes &+= 1
      last = code
    }
    return BinContent(classes: classes, first: first, last: last)
  }

  /// Moves the rows of a bin to the left.
  @inline(__always)
  func move(_ bin: Int, _ scan: inout GiniScan) {
    let cells = unsafe workspace.cells.base + bin &* classCount
    for code in 0..<classCount {
      let cell = unsafe cells[code]
      if cell == 0 { continue }
      scan.move(
        classCode: code, units: Int64(truncatingIfNeeded: cell &>> 32),
        rows: Int(truncatingIfNeeded: cell & 0xFFFF_FFFF))
    }
  }

  /// A score that no threshold inside of a bin exceeds that is better than those at its ends.
  private func bound(of bin: Int, _ content: BinContent, _ scan: GiniScan) -> Double {
    let cells = unsafe workspace.cells.base + bin &* classCount
    let units = { (code: Int) in unsafe Int64(truncatingIfNeeded: cells[code] &>> 32) }
    guard content.classes == 2 && minSamplesLeaf == 1 else {
      return scan.bound(moving: units, classCount: classCount)
    }
    // The score is convex: a corner of what can be moved has the highest, and the corners of
    // nothing and all are the ends.
    return max(
      scan.score(moving: units(content.first), of: content.first),
      scan.score(moving: units(content.last), of: content.last))
  }
}

/// How many classes a bin has, the first of them and the last.
private struct BinContent {
  let classes: Int
  let first: Int
  let last: Int
}
