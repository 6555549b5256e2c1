/// The rows of a node that go left and right as a threshold moves up through a column, and the
/// purity of both sides, all in integers.
///
/// Gini impurity times weight is W - sum of w_k^2 / W over the classes k; minimizing it over both
/// sides is maximizing the sum of their sum of w_k^2 / W (Breiman et al., "Classification and
/// Regression Trees", 1984, section 4.3). Units are scaled so that a square fits in 63 bits.
///
/// Safe as long as the buffers of the search that made it live, which it never outlives.
@safe struct GiniScan {
  /// Units left of the threshold, one number a class.
  private let lefts: UnsafeMutablePointer<Int64>
  /// Units of the node, one number a class.
  private let totals: UnsafePointer<Int64>
  private var leftUnits: Int64 = 0
  private var rightUnits: Int64 = 0
  private var leftSquares: Int64 = 0
  private var rightSquares: Int64 = 0
  private(set) var leftRows = 0
  private(set) var rightRows: Int

  /// All rows on the right.
  init(
    lefts: UnsafeMutablePointer<Int64>, totals: UnsafePointer<Int64>, classCount: Int,
    rowCount: Int
  ) {
    unsafe self.lefts = lefts
    unsafe self.totals = totals
    rightRows = rowCount
    for code in 0..<classCount {
      let units = unsafe totals[code]
      unsafe lefts[code] = 0
      rightUnits &+= units
      rightSquares &+= units &* units
    }
  }

  /// Moves rows of one class from the right to the left.
  @inline(__always)
  mutating func move(classCode: Int, units: Int64, rows: Int) {
    let left = unsafe lefts[classCode]
    let right = unsafe totals[classCode] &- left
    // (a + u)^2 - a^2 = u (2 a + u), and likewise for what is taken away.
    leftSquares &+= units &* (2 &* left &+ units)
    rightSquares &-= units &* (2 &* right &- units)
    unsafe lefts[classCode] = left &+ units
    leftUnits &+= units
    rightUnits &-= units
    leftRows &+= rows
    rightRows &-= rows
  }

  /// The purity of both sides; neither may be empty.
  @inline(__always)
  var score: Double {
    Double(leftSquares) / Double(leftUnits) + Double(rightSquares) / Double(rightUnits)
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
