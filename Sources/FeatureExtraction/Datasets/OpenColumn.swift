import FeatureTables

/// A column whose use no table says: decided by what it holds.
enum OpenColumn {
  enum Decision: Equatable {
    case numeric
    case categorical
    case excluded(ExcludedColumn.Reason, String)
  }

  /// The most names of a category that nobody declared.
  private static let mostNames = 100

  /// - Parameter isWanted: whether the column was asked for, so that only its type is open.
  static func decide(_ column: MixedColumn, rowNumbers: [Int], isWanted: Bool) -> Decision {
    if isWanted { return column.hasNames && !column.hasTooManyNames ? .categorical : .numeric }
    guard column.hasNames else {
      if isRowNumber(column.values, rowNumbers) {
        return .excluded(.identifier, "counts the rows")
      }
      return .numeric
    }
    if column.hasTooManyNames { return .excluded(.text, "has too many distinct texts") }
    let sample = column.names.prefix(20).map { Array($0.utf8)[...] }
    if sample.allSatisfy(isAddress) { return .excluded(.identifier, "holds addresses") }
    if sample.allSatisfy({ CivilTime($0) != nil }) { return .excluded(.timestamp, "holds times") }
    let distinct =
      Set(column.values.contiguous().lazy.filter { !$0.isNaN }.prefix(1_000)).count
      + column.names.count
    guard distinct <= mostNames, distinct * 2 <= column.values.count else {
      return .excluded(.text, "has \(distinct) distinct texts in \(column.values.count) rows")
    }
    return .categorical
  }

  /// Whether the column goes up by one from row to row.
  private static func isRowNumber(_ column: NumberColumn, _ rowNumbers: [Int]) -> Bool {
    let first = column.prefix(2)
    guard column.count > 2, first[1] - first[0] == Double(rowNumbers[1] - rowNumbers[0])
    else { return false }
    let values = column.contiguous()
    let offset = values[0] - Double(rowNumbers[0])
    return values.indices.allSatisfy { values[$0] - Double(rowNumbers[$0]) == offset }
  }

  /// IPv4, IPv6 or a hardware address, by its characters.
  private static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.count == 4 {
      return parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { $0 &- 48 < 10 }
      }
    }
    return text.count { $0 == UInt8(ascii: ":") } >= 2
      && text.allSatisfy { $0 == UInt8(ascii: ":") || Character(Unicode.Scalar($0)).isHexDigit }
  }
}
