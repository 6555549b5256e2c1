import Crypto

/// SHA-256, the one digest of files and documents.
public struct Digest: Sendable {
  private var hash = SHA256()

  /// Starts with no bytes taken in.
  public init() {}

  /// Takes in the next bytes. How they are divided among calls makes no difference.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      // Safe: the buffer lives until the closure returns, and the hash keeps no pointer to it.
      unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
    }
    if isContiguous == nil { hash.update(data: Array(bytes)) }
  }

  /// The digest of all bytes taken in, as 64 hexadecimal digits in lower case.
  public func finalize() -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in hash.finalize() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digest of one run of bytes.
  public static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var digest = Digest()
    digest.update(bytes)
    return digest.finalize()
  }
}
