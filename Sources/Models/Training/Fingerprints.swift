import FeatureTables

/// 64-bit hashes of what a model was trained on, so that a later evaluation can tell whether it
/// is shown rows that the model has seen. All of them, or above a cap those with the smallest
/// hashes: a sample that depends on the rows alone, so that two tables sample the same rows.
public struct Fingerprints: Sendable, Equatable {
  /// So many hashes are kept: a cap on the size of the model file.
  public static let limit = 8_192

  /// Distinct hashes, ascending.
  public let hashes: [UInt64]
  /// How many distinct hashes there were.
  public let total: Int

  /// - Parameter hashes: in any order, with repeats.
  public init(_ hashes: [UInt64], limit: Int = Fingerprints.limit) {
    var distinct = Array(Set(hashes))
    distinct.sort()
    total = distinct.count
    self.hashes = Array(distinct.prefix(limit))
  }

  /// As read from a file.
  /// - Parameter hashes: ascending, none twice, at most `total`.
  init(sorted hashes: [UInt64], total: Int) {
    self.hashes = hashes
    self.total = total
  }

  /// Whether hashes were left out.
  public var isSample: Bool { hashes.count < total }

  /// How many of `others` could be told, and how many of those are among the training rows. Their
  /// ratio estimates the share of `others` that was trained on; it is exact without a sample.
  /// - Complexity: O(others).
  public func overlap(with others: [UInt64]) -> (checked: Int, found: Int) {
    let known = Set(hashes)
    // Beyond the greatest kept hash of a sample nothing is known.
    let bound = isSample ? hashes.last ?? 0 : .max
    var (checked, found) = (0, 0)
    for hash in others where hash <= bound {
      checked += 1
      if known.contains(hash) { found += 1 }
    }
    return (checked, found)
  }
}

extension FeatureMatrix {
  /// A hash of the values of each row in the order of the columns, categories by name. Equal rows
  /// have equal hashes, whatever the codes of their categories; 0 and -0 are equal, and so are
  /// all missing values.
  public func rowHashes() -> [UInt64] {
    var hashes = [UInt64](repeating: 0, count: rowCount)
    for column in 0..<columnCount {
      if schema.features[column].kind == .categorical {
        let names = categories[column].map { fowlerNollVo($0.utf8) }
        for row in 0..<rowCount {
          let word = categoryCode(row: row, column: column).map { names[$0] } ?? missingWord
          hashes[row] = mixed(hashes[row] ^ word)
        }
      } else {
        for row in 0..<rowCount {
          hashes[row] = mixed(hashes[row] ^ canonicalBits(values[column * rowCount + row]))
        }
      }
    }
    return hashes
  }
}

private let missingWord = UInt64(0x7FF8_0000_0000_0000)

/// The bits of the value; one pattern for all missing values, and one for both zeros.
private func canonicalBits(_ value: Double) -> UInt64 {
  value.isNaN ? missingWord : (value + 0).bitPattern
}

/// The step and the finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
private func mixed(_ value: UInt64) -> UInt64 {
  var mixed = value &+ 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}

/// FNV-1a of 64 bits.
private func fowlerNollVo(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
