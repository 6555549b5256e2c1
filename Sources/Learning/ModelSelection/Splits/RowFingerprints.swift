import FeatureTables

extension FeatureMatrix {
  /// One 64-bit hash a row over all its values: equal rows have equal hashes. All NaN count as
  /// one value, and 0 and -0 as one.
  ///
  /// Different rows share a hash with a chance of about rows² / 2^65: less than one in a million
  /// for five million rows, and then two rows too many are kept together, no more.
  package func rowFingerprints(parallel: Parallel) -> [UInt64] {
    let blocks = parallel.mapBlocks(rowCount: rowCount) { rows in
      var hashes = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: rows.count)
      for index in 0..<columnCount {
        let values = column(index)
        let start = values.startIndex + rows.lowerBound
        for row in 0..<rows.count {
          hashes[row] = mixed(hashes[row], canonicalBits(values[start + row]))
        }
      }
      return hashes
    }
    return Array(blocks.joined())
  }
}

private func canonicalBits(_ value: Double) -> UInt64 {
  if value.isNaN { return Double.nan.bitPattern }
  return value == 0 ? 0 : value.bitPattern
}

/// A step of a hash: the two halves of a 128-bit product, folded.
private func mixed(_ hash: UInt64, _ bits: UInt64) -> UInt64 {
  let product = (hash ^ bits).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return product.high ^ product.low &+ 0x2545_F491_4F6C_DD1D
}
