/// A 64-bit fingerprint of a feature vector: equal rows have equal fingerprints, in every table,
/// on every machine and in every version. Found equal by chance: about n² / 2^65 of n rows.
///
/// Values go in by schema order. Every NaN is the same missing value and -0 is 0; a categorical
/// value is its name, not its code, because codes differ from table to table.
public struct RowFingerprint: Sendable, Equatable {
  /// The fingerprint of what was appended so far.
  public private(set) var value: UInt64 = 0x6A09_E667_F3BC_C908

  /// The fingerprint of a row without columns.
  public init() {}

  /// Adds the next column, a number.
  public mutating func append(_ number: Double) {
    append(word: RowFingerprint.word(number))
  }

  /// Adds the next column, a categorical value by its name.
  public mutating func append(_ name: String) {
    append(word: RowFingerprint.word(name))
  }

  /// The fingerprint of one row of numbers, in schema order.
  public static func hash(_ values: some Sequence<Double>) -> UInt64 {
    var fingerprint = RowFingerprint()
    for value in values { fingerprint.append(value) }
    return fingerprint.value
  }

  /// The fingerprint of each row. O(rows x columns), column by column.
  public static func hashes(of matrix: FeatureMatrix) -> [UInt64] {
    var fingerprints = Array(repeating: RowFingerprint(), count: matrix.rowCount)
    for column in 0..<matrix.columnCount {
      let values = matrix.column(column)
      let start = values.startIndex
      if matrix.schema.features[column].kind == .categorical {
        let words = matrix.categories[column].map { word($0) }
        for row in fingerprints.indices {
          let code = Int(exactly: values[start + row]) ?? -1
          fingerprints[row].append(
            word: words.indices.contains(code) ? words[code] : word(values[start + row]))
        }
      } else {
        for row in fingerprints.indices { fingerprints[row].append(values[start + row]) }
      }
    }
    return fingerprints.map(\.value)
  }

  private mutating func append(word: UInt64) {
    // The sum with an odd constant before mixing keeps runs of zeros from being a fixed point.
    value = RowFingerprint.mixed((value ^ word) &+ 0x9E37_79B9_7F4A_7C15)
  }

  private static func word(_ number: Double) -> UInt64 {
    if number.isNaN { return 0x7FF8_0000_0000_0000 }
    return number == 0 ? 0 : number.bitPattern
  }

  /// FNV-1a over the UTF-8 bytes (Fowler, Noll, Vo).
  private static func word(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// The finalizer of SplitMix64: a bijection in which every input bit reaches every output bit.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
