import Glibc

/// An IPv4 or IPv6 address. An IPv4 address is kept in the mapped form, with its version.
public struct IPAddress: Hashable, Sendable, BitwiseCopyable {
  /// The upper and the lower 64 bits as a number.
  let high, low: UInt64
  /// Whether it is an IPv4 address. `::ffff:192.0.2.1`, written as IPv6, is none.
  public let isVersion4: Bool

  private static let mappedPrefix: UInt64 = 0xFFFF << 32

  init(high: UInt64, low: UInt64, isVersion4: Bool) {
    (self.high, self.low, self.isVersion4) = (high, low, isVersion4)
  }

  /// From the four bytes of an IPv4 address as a number.
  init(version4 address: UInt32) {
    self.init(high: 0, low: IPAddress.mappedPrefix | UInt64(address), isVersion4: true)
  }

  /// From text: dotted quad or any valid form of IPv6. Nil where it is neither.
  public init?(_ text: String) {
    var four = in_addr()
    var six = in6_addr()
    if unsafe inet_pton(AF_INET, text, &four) == 1 {
      self.init(version4: UInt32(bigEndian: four.s_addr))
    } else if unsafe inet_pton(AF_INET6, text, &six) == 1 {
      let (high, low) = unsafe withUnsafeBytes(of: six) { bytes in
        // Safe: an IPv6 address has 16 bytes.
        unsafe (
          UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
          UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
      }
      self.init(high: high, low: low, isVersion4: false)
    } else {
      return nil
    }
  }

  /// Bits of the address: 32 or 128.
  var width: Int { isVersion4 ? 32 : 128 }

  /// The address in network byte order: 4 or 16 bytes.
  var bytes: [UInt8] {
    let all: [UInt8] = (0..<16).map { index in
      let word = index < 8 ? high : low
      return UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index & 7)))
    }
    return isVersion4 ? Array(all[12...]) : all
  }
}

extension IPAddress: CustomStringConvertible {
  /// Dotted quad, or the canonical text of RFC 5952.
  public var description: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the text of `description`.
  func append(to text: inout [UInt8]) {
    if isVersion4 {
      IPAddress.appendQuad(UInt32(truncatingIfNeeded: low), to: &text)
    } else if high == 0, low >> 32 == 0xFFFF {
      // RFC 5952, section 5: mixed notation where the prefix is known to embed an IPv4 address.
      text.append(contentsOf: "::ffff:".utf8)
      IPAddress.appendQuad(UInt32(truncatingIfNeeded: low), to: &text)
    } else {
      appendGroups(to: &text)
    }
  }

  private static func appendQuad(_ address: UInt32, to text: inout [UInt8]) {
    for shift in [24, 16, 8, 0] as [UInt32] {
      appendDecimal(UInt64(address >> shift & 0xFF), to: &text)
      if shift > 0 { text.append(UInt8(ascii: ".")) }
    }
  }

  private func group(_ index: Int) -> UInt16 {
    let word = index < 4 ? high : low
    return UInt16(truncatingIfNeeded: word >> UInt64(48 - 16 * (index & 3)))
  }

  private func appendGroups(to text: inout [UInt8]) {
    let zeros = longestRunOfZeros()
    var index = 0
    while index < 8 {
      if index == zeros.lowerBound, !zeros.isEmpty {
        text.append(contentsOf: "::".utf8)
        index = zeros.upperBound
        continue
      }
      if index > 0, index != zeros.upperBound || zeros.isEmpty { text.append(UInt8(ascii: ":")) }
      text.append(contentsOf: String(group(index), radix: 16).utf8)
      index += 1
    }
  }

  /// The first of the longest runs of at least two groups that are 0; empty where there is none.
  private func longestRunOfZeros() -> Range<Int> {
    var longest = 0..<0
    var start = 0
    for index in 0...8 where index == 8 || group(index) != 0 {
      if index - start >= 2, index - start > longest.count { longest = start..<index }
      start = index + 1
    }
    return longest
  }
}

/// Appends a number in decimal digits.
func appendDecimal(_ value: UInt64, to text: inout [UInt8]) {
  if value >= 10 { appendDecimal(value / 10, to: &text) }
  text.append(UInt8(ascii: "0") + UInt8(value % 10))
}
