import FeatureTables

extension JSONWriter {
  /// Ends the members of a document with `digest`, the SHA-256 of all text before it.
  /// - Returns: the digest.
  mutating func writeDigest() -> String {
    element()
    let digest = Digest.hexadecimal(bytes)
    label("digest")
    string(digest)
    return digest
  }
}

extension JSONDocument {
  /// The digest that the document ends with, once it agrees with the text before it; nil where
  /// there is none.
  /// - Parameter bytes: the text of the document.
  /// - Throws: `DataError` where it does not agree, or is not the last member.
  func checkedDigest(of bytes: [UInt8]) throws(DataError) -> String? {
    guard let element = try root.optional("digest") else { return nil }
    let digest = try element.string()
    guard element.isLast else { throw element.failure("the digest is not the last member") }
    guard Digest.hexadecimal(bytes[..<element.keyOffset]) == digest else {
      throw element.failure(
        "the document was changed after it was written: its digest is another",
        remedy: "take the original; or, if the change was meant, remove the member 'digest'")
    }
    return digest
  }
}
