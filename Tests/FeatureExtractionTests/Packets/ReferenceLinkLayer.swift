/// Link layers by plain indexing: what the description of each format says, one after the other.
extension ReferenceDecoder {
  typealias Network = (version: Int, start: Int)

  /// The IP version that the link layer announces, and where its header begins.
  func network(_ linkType: UInt16) -> Network? {
    switch linkType {
    case 1: etherType(at: 12)
    case 8: nibble(16)
    case 9, 50: pointToPoint(0)
    case 10: logicalLink(13)
    case 12, 14, 101, 228, 229: nibble(0)
    case 100: logicalLink(0)
    case 104: named(number(2, 2), 4)
    case 105: wireless(0)
    case 106: number(0, 2) == 0xAAAA ? logicalLink(0) : nibble(0)
    case 107: frameRelay()
    case 113: number(14, 2) == 4 ? logicalLink(16) : named(number(14, 2), 16)
    case 127: radiotap()
    case 226: nibble(24)
    case 239: netfilterLog()
    case 242: etherType(at: 40, next: 44)
    case 258: number(8, 4) == 0x0100_0000 ? etherType(at: Int(bytes[0]) + 12) : nil
    case 276: bytes.count < 20 ? nil : cooked2()
    case 281, 282, 284: etherType(at: 16)
    case 285: etherType(at: 20)
    case 0, 108: loopback()
    default: nil
    }
  }

  private func loopback() -> Network? {
    guard bytes.count >= 4 else { return nil }
    switch Int(bytes[0]) + Int(bytes[3]) {
    case 2: return (4, 4)
    case 10, 24, 28, 30: return (6, 4)
    default: return nil
    }
  }

  private func cooked2() -> Network? {
    number(0, 2) == 4 ? logicalLink(20) : named(number(0, 2), 20)
  }

  private func nibble(_ offset: Int) -> Network? {
    guard let version = number(offset, 1).map({ $0 >> 4 }), version == 4 || version == 6 else {
      return nil
    }
    return (version, offset)
  }

  /// A type or length at an offset, and what it names behind it.
  private func etherType(at offset: Int, next: Int? = nil) -> Network? {
    guard let type = number(offset, 2) else { return nil }
    return type < 0x600
      ? logicalLink(next ?? offset + 2) : named(type, next ?? offset + 2)
  }

  private func named(_ type: Int?, _ next: Int) -> Network? {
    switch type {
    case 0x0800: (4, next)
    case 0x86DD: (6, next)
    case 0x8100, 0x88A8, 0x9100, 0x9200: etherType(at: next + 2)
    case 0x8926: etherType(at: next + 4)
    case 0x893F: etherType(at: next + 6)
    case 0x6558: etherType(at: next + 12)
    case 0x8903: etherType(at: next + 14)
    case 0x8909: etherType(at: next + 6)
    case 0x894F: serviceHeader(next)
    case 0x88E7: etherType(at: next + 16)
    case 0x8847, 0x8848: labels(next)
    case 0x8864: protocolNumber(next + 6)
    case 0x880B: pointToPoint(next)
    default: nil
    }
  }

  private func serviceHeader(_ offset: Int) -> Network? {
    guard let words = number(offset + 1, 1).map({ $0 % 64 }), words >= 2 else { return nil }
    let types = [1: 0x0800, 2: 0x86DD, 3: 0x6558, 4: 0x894F, 5: 0x8847]
    return named(number(offset + 3, 1).flatMap { types[$0] }, offset + 4 * words)
  }

  private func labels(_ start: Int) -> Network? {
    var offset = start
    while let word = number(offset, 4) {
      offset += 4
      guard word >> 8 & 1 == 1 else { continue }
      if number(offset, 1) == 0x45 { return (4, offset) }
      // A pseudowire, where what follows as Ethernet ends in IP.
      if number(offset, 1).map({ $0 >> 4 }) == 0, let found = ethernetWithIP(offset + 4) {
        return found
      }
      return ethernetWithIP(offset) ?? nibble(offset)
    }
    return nil
  }

  private func ethernetWithIP(_ offset: Int) -> Network? {
    guard let found = etherType(at: offset + 12), let first = number(found.start, 1),
      first >> 4 == found.version
    else { return nil }
    return found
  }

  private func logicalLink(_ offset: Int) -> Network? {
    switch number(offset, 2) {
    case 0xAAAA:
      switch number(offset + 2, 4) {
      case 0x0300_0000, 0x0300_00F8: named(number(offset + 6, 2), offset + 8)
      case 0x0300_80C2: [1, 7].contains(number(offset + 6, 2)) ? named(0x6558, offset + 8) : nil
      default: nil
      }
    case 0x0606: (4, offset + 3)
    default: nil
    }
  }

  private func pointToPoint(_ offset: Int) -> Network? {
    if number(offset, 2) == 0xFF03 { return protocolNumber(offset + 2) }
    if let first = number(offset, 1), first == 0x0F || first == 0x8F {
      return named(number(offset + 2, 2), offset + 4)
    }
    return protocolNumber(offset)
  }

  private func protocolNumber(_ offset: Int) -> Network? {
    guard let first = number(offset, 1) else { return nil }
    let size = first % 2 == 1 ? 1 : 2
    let types = [0x21: 0x0800, 0x57: 0x86DD, 0x281: 0x8847, 0x283: 0x8848]
    return named(number(offset, size).flatMap { types[$0] }, offset + size)
  }

  private func frameRelay() -> Network? {
    guard let last = (1...3).first(where: { number($0, 1).map { $0 % 2 == 1 } ?? true }) else {
      return nil
    }
    guard number(last + 1, 1) == 3 else {
      guard let type = number(last + 1, 2), type >= 0x600 else { return nil }
      return named(type, last + 3)
    }
    let start = number(last + 2, 1) == 0 ? last + 3 : last + 2
    switch number(start, 1) {
    case 0xCC: return (4, start + 1)
    case 0x8E: return (6, start + 1)
    case 0x80 where number(start + 1, 3) == 0: return named(number(start + 4, 2), start + 6)
    default: return nil
    }
  }

  private func radiotap() -> Network? {
    guard bytes.count >= 8 else { return nil }
    var next = 4
    var words = [[UInt8]]()
    while next + 4 <= bytes.count {
      words.append(Array(bytes[next..<next + 4]))
      next += 4
      if words.last![3] < 0x80 { break }
    }
    var flags = 0
    if words[0][0] & 2 != 0 {
      if words[0][0] & 1 != 0 { next += (8 - next % 8) % 8 + 8 }
      flags = number(next, 1) ?? 0
    }
    let start = Int(bytes[2]) + 256 * Int(bytes[3])
    return flags & 0x40 != 0 || start < 8 ? nil : wireless(start, isPadded: flags & 0x20 != 0)
  }

  private func wireless(_ offset: Int, isPadded: Bool = false) -> Network? {
    guard let control = number(offset, 2), [0x08, 0x88].contains(control >> 8 & 0xCF),
      control & 0x40 == 0
    else { return nil }
    var length = control & 3 == 3 ? 30 : 24
    if control & 0x8000 != 0 {
      guard let quality = number(offset + length, 1), quality < 0x80 else { return nil }
      length += control & 0x80 != 0 ? 6 : 2
    }
    return logicalLink(offset + (isPadded ? (length + 3) / 4 * 4 : length))
  }

  private func netfilterLog() -> Network? {
    var offset = 4
    while let size = number(offset, 2), let kind = number(offset + 2, 2) {
      let isLittle = kind > 0xFF
      let type = isLittle ? (kind >> 8) + kind % 256 * 256 : kind
      let length = isLittle ? (size >> 8) + size % 256 * 256 : size
      if type == 9 { return nibble(offset + 4) }
      if length < 4 { return nil }
      offset += (length + 3) / 4 * 4
    }
    return nil
  }
}
