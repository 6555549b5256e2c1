/// A block of addresses in CIDR notation, or a single address.
public struct AddressRange: Sendable, Equatable {
  private let high, low: UInt64
  private let highMask, lowMask: UInt64
  private let isVersion4: Bool

  /// From `10.0.0.0/8`, `2001:db8::/32`, or an address alone. Bits behind the prefix are ignored.
  /// Nil where it is none of these.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])) else { return nil }
    var length = address.width
    if parts.count == 2 {
      guard let given = Int(parts[1]), (0...address.width).contains(given) else { return nil }
      length = given
    }
    // An IPv4 address is the end of the mapped form.
    let bits = address.isVersion4 ? length + 96 : length
    highMask = AddressRange.mask(min(bits, 64))
    lowMask = AddressRange.mask(max(bits - 64, 0))
    high = address.high & highMask
    low = address.low & lowMask
    isVersion4 = address.isVersion4
  }

  /// Whether the address lies in the block. A block of IPv6 holds no IPv4 address, mapped or not.
  public func contains(_ address: IPAddress) -> Bool {
    address.isVersion4 == isVersion4 && address.high & highMask == high
      && address.low & lowMask == low
  }

  /// The upper `count` of 64 bits.
  private static func mask(_ count: Int) -> UInt64 {
    // A shift by the whole width gives 0.
    ~(UInt64.max >> UInt64(count))
  }
}
