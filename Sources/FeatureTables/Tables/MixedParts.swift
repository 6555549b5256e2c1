/// What is no number in a mixed column, while it is read.
struct MixedParts {
  private var names = ByteInterner()
  private var rows: [Int] = []
  private var codes: [Int32] = []
  private var hasTooMany = false
  /// Rows without a value, where that is to be zero.
  var zeroRows: [Int] = []
  var nonfinite = NonfiniteCounts()
  private static let mostNames = 1_000

  mutating func add(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, row: Int) {
    guard !hasTooMany else { return }
    guard let code = names.code(bytes, start, end, limit: MixedParts.mostNames) else {
      return giveUp()
    }
    rows.append(row)
    codes.append(code)
  }

  /// Adds the parts of the next block.
  mutating func append(_ next: MixedParts, rowsBefore: Int) {
    nonfinite.add(next.nonfinite)
    zeroRows += next.zeroRows.lazy.map { $0 + rowsBefore }
    guard !hasTooMany else { return }
    var newCodes: [Int32] = []
    for name in next.names.entries {
      guard let code = names.code(name.span, 0, name.count, limit: MixedParts.mostNames) else {
        return giveUp()
      }
      newCodes.append(code)
    }
    guard !next.hasTooMany else { return giveUp() }
    rows += next.rows.lazy.map { $0 + rowsBefore }
    codes += next.codes.lazy.map { newCodes[Int($0)] }
  }

  private mutating func giveUp() {
    hasTooMany = true
    (rows, codes) = ([], [])
  }

  /// The whole column, `values` being its numbers.
  func column(_ values: NumberColumn, _ encoding: TextEncoding) -> MixedColumn {
    var column = MixedColumn(values: values)
    column.nameRows = rows
    column.nameCodes = codes
    column.names = names.entries.map(encoding.decode)
    column.hasTooManyNames = hasTooMany
    if !column.hasNames, !zeroRows.isEmpty {
      var zeroed = values.contiguous()
      for row in zeroRows { zeroed[row] = 0 }
      column.values = NumberColumn(zeroed)
    }
    return column
  }
}

/// How many cells of a column were not finite, by kind.
struct NonfiniteCounts {
  private var empty = 0
  private var nan = 0
  private var infinity = 0
  private var negativeInfinity = 0

  mutating func add(_ kind: NumberReader.Kind) {
    switch kind {
    case .empty: empty += 1
    case .nan: nan += 1
    case .infinity: infinity += 1
    case .negativeInfinity: negativeInfinity += 1
    case .finite, .text: break
    }
  }

  mutating func add(_ other: NonfiniteCounts) {
    empty += other.empty
    nan += other.nan
    infinity += other.infinity
    negativeInfinity += other.negativeInfinity
  }

  func enter(_ name: String, into account: inout RowAccount) {
    let counts = [
      "empty": empty, "nan": nan, "infinity": infinity, "negative_infinity": negativeInfinity,
    ].filter { $0.value > 0 }
    if !counts.isEmpty { account.nonfinite[name] = counts }
  }
}
