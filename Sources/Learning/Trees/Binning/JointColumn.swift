/// Columns of a binned matrix as one: a code for each combination of their bins that occurs.
///
/// In traffic tables many columns say nearly the same, so that a few of them occur in hardly more
/// combinations than one alone has bins. One addition to a histogram of combinations then serves all
/// of them, and the histogram of each is a sum over it.
struct JointColumn: Sendable {
  /// Indices into the columns of the binned matrix.
  private(set) var members: [Int]
  /// Combinations that occur.
  private(set) var count: Int
  /// For each member the code that it has in each combination.
  private(set) var memberCodes: [[UInt8]]
  /// The combination of each row.
  private(set) var codes: Codes

  /// Those of one column alone are its own, so that no memory is taken for them.
  enum Codes: Sendable {
    case own(Buffer<UInt8>)
    case joint(Buffer<UInt16>)

    /// Safe: rows are less than the number of rows by the callers, all in this folder.
    @inline(__always)
    subscript(row: Int) -> UInt16 {
      switch self {
      case .own(let codes): unsafe UInt16(codes.base[row])
      case .joint(let codes): unsafe codes.base[row]
      }
    }
  }

  /// One column alone.
  init(_ column: BinnedColumn<UInt8>, at index: Int) {
    members = [index]
    count = column.codeCount
    memberCodes = [(0..<column.codeCount).map { UInt8($0) }]
    codes = .own(column.codes)
  }

  /// With one column more; nil where more than `limit` combinations occur.
  func joined(
    with column: BinnedColumn<UInt8>, at index: Int, limit: Int
  ) -> JointColumn? {
    let unused = UInt16.max
    precondition(limit < Int(unused))
    let width = column.codeCount
    let numbers = Buffer(count: count * width, repeating: unused)
    let joint = Buffer<UInt16>(uninitialized: column.codes.count)
    // Of each new combination: the old one, and the code of the column.
    var origins: [(old: Int, code: UInt8)] = []
    for row in 0..<column.codes.count {
      let (old, code) = unsafe (Int(codes[row]), column.codes.base[row])
      // Safe: codes are less than the counts that the room was made for.
      let place = unsafe numbers.base + (old &* width &+ Int(code))
      if unsafe place.pointee == unused {
        guard origins.count < limit else { return nil }
        unsafe place.pointee = UInt16(origins.count)
        origins.append((old, code))
      }
      unsafe joint.base[row] = place.pointee
    }
    var whole = self
    whole.members.append(index)
    whole.count = origins.count
    whole.memberCodes =
      memberCodes.map { codes in origins.map { codes[$0.old] } } + [origins.map(\.code)]
    whole.codes = .joint(joint)
    return whole
  }
}
