/// The rows of a node that go left and right as a threshold moves up through a column, and the
/// purity of both sides, all in integers.
///
/// Gini impurity times weight is W - sum of w_k^2 / W over the classes k; minimizing it over both
/// sides is maximizing the sum of their sum of w_k^2 / W (Breiman et al., "Classification and
/// Regression Trees", 1984, section 4.3). Units are scaled so that a square fits in 63 bits.
///
/// Safe as long as the workspace that it was made with lives, which it never outlives.
@safe struct GiniScan {
  /// Units left of the threshold, one number a class.
  private let lefts: UnsafeMutablePointer<Int64>
  /// Units of the node, one number a class.
  private let totals: UnsafePointer<Int64>
  /// A copy of the left units, to come back to.
  private let keptLefts: UnsafeMutablePointer<Int64>
  private let classCount: Int
  private var sums: Sums
  private var keptSums: Sums

  private struct Sums {
    var leftUnits: Int64 = 0
    var rightUnits: Int64 = 0
    var leftSquares: Int64 = 0
    var rightSquares: Int64 = 0
    var leftRows = 0
    var rightRows: Int
  }

  var leftRows: Int { sums.leftRows }
  var rightRows: Int { sums.rightRows }

  /// All rows on the right.
  init(_ workspace: ForestWorkspace, rowCount: Int) {
    unsafe lefts = workspace.lefts.base
    unsafe totals = UnsafePointer(workspace.totals.base)
    unsafe keptLefts = workspace.keptLefts.base
    classCount = workspace.totals.count
    sums = Sums(rightRows: rowCount)
    for code in 0..<classCount {
      let units = unsafe totals[code]
      unsafe lefts[code] = 0
      sums.rightUnits &+= units
      sums.rightSquares &+= units &* units
    }
    keptSums = sums
  }

  /// Notes where the threshold is.
  mutating func keep() {
    unsafe keptLefts.update(from: lefts, count: classCount)
    keptSums = sums
  }

  /// Goes back to where the threshold was.
  mutating func restore() {
    unsafe lefts.update(from: keptLefts, count: classCount)
    sums = keptSums
  }

  /// Moves rows of one class from the right to the left.
  @inline(__always)
  mutating func move(classCode: Int, units: Int64, rows: Int) {
    let left = unsafe lefts[classCode]
    let right = unsafe totals[classCode] &- left
    // (a + u)^2 - a^2 = u (2 a + u), and likewise for what is taken away.
    sums.leftSquares &+= units &* (2 &* left &+ units)
    sums.rightSquares &-= units &* (2 &* right &- units)
    unsafe lefts[classCode] = left &+ units
    sums.leftUnits &+= units
    sums.rightUnits &-= units
    sums.leftRows &+= rows
    sums.rightRows &-= rows
  }

  /// Moves rows whose units were moved without them.
  mutating func moveRows(_ rows: Int) {
    sums.leftRows &+= rows
    sums.rightRows &-= rows
  }

  /// The purity of both sides; neither may be empty.
  @inline(__always)
  var score: Double {
    Double(sums.leftSquares) / Double(sums.leftUnits)
      + Double(sums.rightSquares) / Double(sums.rightUnits)
  }

  /// The score if units of one class were moved to the left, not all that are on the right.
  func score(moving units: Int64, of classCode: Int) -> Double {
    let left = unsafe lefts[classCode]
    let right = unsafe totals[classCode] &- left
    let leftSquares = sums.leftSquares &+ units &* (2 &* left &+ units)
    let rightSquares = sums.rightSquares &- units &* (2 &* right &- units)
    return Double(leftSquares) / Double(sums.leftUnits &+ units)
      + Double(rightSquares) / Double(sums.rightUnits &- units)
  }

  /// A score that no test exceeds which moves, of each class, some of `units(class)` from the right
  /// to the left.
  ///
  /// The derivative of the score by the left units of class k is 2 (l_k / L - r_k / R) + P_r - P_l
  /// with P the sum of squares over the square of the sum. Each part is bounded over all that can be
  /// moved, and so the integral from here to any such test.
  func bound(moving units: (_ classCode: Int) -> Int64, classCount: Int) -> Double {
    var moved: Int64 = 0
    for code in 0..<classCount { moved &+= units(code) }
    let (left, right) = (Double(sums.leftUnits), Double(sums.rightUnits))
    let most = left + Double(moved)
    let least = right - Double(moved)
    let rightPurity = least > 0 ? min(1, Double(sums.rightSquares) / (least * least)) : 1
    let purities = rightPurity - Double(sums.leftSquares) / (most * most)
    var bound = (left > 0 ? Double(sums.leftSquares) / left : 0) + Double(sums.rightSquares) / right
    for code in 0..<classCount {
      let part = Double(units(code))
      if part == 0 { continue }
      let ofLeft = unsafe Double(lefts[code])
      let ofRight = unsafe Double(totals[code]) - ofLeft
      let rest = right - part
      let slope =
        2 * ((ofLeft + part) / (left + part) - (rest > 0 ? (ofRight - part) / rest : 0)) + purities
      bound += part * max(0, slope)
    }
    // Above all rounding.
    return bound * (1 + 0x1p-40)
  }

  /// The purity of the undivided node.
  static func score(of totals: [Int64]) -> Double {
    var (units, squares): (Int64, Int64) = (0, 0)
    for total in totals {
      units &+= total
      squares &+= total &* total
    }
    return Double(squares) / Double(units)
  }
}
