/// A block of addresses in CIDR notation, or a single address.
public struct AddressRange: Sendable, Equatable {
  /// The lowest address of the block and the highest.
  let first, last: IPAddress
  /// The bits that all addresses of the block share.
  let prefixLength: Int

  /// From `10.0.0.0/8`, `2001:db8::/32`, or an address alone. Bits behind the prefix are ignored.
  /// Nil where it is none of these.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])) else { return nil }
    prefixLength = parts.count == 2 ? Int(parts[1]) ?? -1 : address.width
    guard (0...address.width).contains(prefixLength) else { return nil }
    // A shift by the whole width gives 0.
    let hostBits = UInt128.max >> (128 - (address.width - prefixLength))
    first = IPAddress(number: address.number & ~hostBits, isVersion4: address.isVersion4)
    last = IPAddress(number: address.number | hostBits, isVersion4: address.isVersion4)
  }

  /// Whether the address lies in the block. A block of IPv6 holds no IPv4 address, mapped or not.
  public func contains(_ address: IPAddress) -> Bool {
    address.isVersion4 == first.isVersion4
      && (first.number...last.number).contains(address.number)
  }
}

extension AddressRange: CustomStringConvertible {
  /// In CIDR notation, or the single address.
  public var description: String {
    prefixLength == first.width ? first.description : "\(first)/\(prefixLength)"
  }
}

/// Addresses of any number of blocks. Asking for one takes O(log blocks).
public struct AddressSet: Sendable, Equatable {
  /// Sorted and apart from each other.
  private let version4, version6: [ClosedRange<UInt128>]

  /// No address at all.
  public static let empty = AddressSet([])

  /// The addresses that lie in at least one of the blocks.
  public init(_ blocks: [AddressRange]) {
    version4 = AddressSet.merged(blocks.filter { $0.first.isVersion4 })
    version6 = AddressSet.merged(blocks.filter { !$0.first.isVersion4 })
  }

  /// Whether there is no address.
  public var isEmpty: Bool { version4.isEmpty && version6.isEmpty }

  /// Whether one of the blocks holds the address.
  public func contains(_ address: IPAddress) -> Bool {
    let (ranges, number) = (address.isVersion4 ? version4 : version6, address.number)
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= number
  }

  private static func merged(_ blocks: [AddressRange]) -> [ClosedRange<UInt128>] {
    var merged: [ClosedRange<UInt128>] = []
    for range in blocks.map({ $0.first.number...$0.last.number })
      .sorted(by: { $0.lowerBound < $1.lowerBound })
    {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        let end = max(last.upperBound, range.upperBound)
        merged[merged.count - 1] = last.lowerBound...end
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}

extension IPAddress {
  /// All 128 bits, those of an IPv4 address in the mapped form.
  fileprivate var number: UInt128 { UInt128(high) << 64 | UInt128(low) }

  fileprivate init(number: UInt128, isVersion4: Bool) {
    self.init(
      high: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number),
      isVersion4: isVersion4)
  }
}
