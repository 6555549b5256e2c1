import FeatureTables

extension FingerprintSample {
  /// Hashes are texts of 16 hexadecimal digits: other readers of JSON round numbers of 64 bits.
  func write(to writer: inout JSONWriter) {
    writer.member("total", integer: total)
    writer.member("hashes", strings: hashes.map(hexadecimal))
  }
}

extension ModelReader {
  func fingerprints(_ element: JSONElement) throws(DataError) -> FingerprintSample {
    let total = try element.member("total").count()
    let list = try element.member("hashes")
    var hashes: [UInt64] = []
    for (index, text) in try list.strings().enumerated() {
      guard text.utf8.count == 16, text.utf8.first != UInt8(ascii: "+"),
        let hash = UInt64(text, radix: 16)
      else { throw list.failure("not 16 hexadecimal digits", at: index) }
      guard hashes.last.map({ $0 < hash }) ?? true else {
        throw list.failure("hashes are not ascending", at: index)
      }
      hashes.append(hash)
    }
    guard hashes.count <= total else {
      throw list.failure("\(hashes.count) hashes of a total of \(total)")
    }
    return FingerprintSample(stored: hashes, total: total)
  }
}

/// 16 hexadecimal digits.
private func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
