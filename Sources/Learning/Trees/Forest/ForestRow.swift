/// A row in a node of a forest's tree, in one integer that sorts by code: the code of a column in
/// the highest 16 bits, then 16 bits of class, then 32 bits of weight in fixed-point units.
package struct ForestRow: Sendable, BitwiseCopyable {
  package var bits: UInt64

  /// Without a code.
  @inline(__always)
  package init(classCode: Int, units: UInt32) {
    bits = UInt64(truncatingIfNeeded: classCode) &<< 32 | UInt64(units)
  }

  @inline(__always)
  package init(_ row: ForestRow, code: UInt16) { bits = row.bits | UInt64(code) &<< 48 }

  @inline(__always) package var code: Int { Int(truncatingIfNeeded: bits &>> 48) }
  @inline(__always)
  package var classCode: Int { Int(truncatingIfNeeded: (bits &>> 32) & 0xFFFF) }
  @inline(__always) package var units: Int64 { Int64(truncatingIfNeeded: bits & 0xFFFF_FFFF) }

  /// Its units in the upper half and one row in the lower: what tables of bins add up.
  @inline(__always) var cell: UInt64 { bits &<< 32 | 1 }
}
