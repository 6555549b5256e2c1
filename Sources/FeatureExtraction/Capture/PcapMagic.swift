/// The first four bytes of a classic capture, which give byte order, resolution and the length of
/// the headers of its records.
struct PcapMagic: Sendable {
  let isBigEndian: Bool
  let ticksPerSecond: UInt32
  /// Whether it is the magic of Alexey Kuznetzov's patched libpcap, whose records say more.
  let isModified: Bool

  /// That of most captures: little endian, microseconds.
  static let plain = PcapMagic(bigEndian: false, ticks: 1_000_000)

  /// Nil where the first four are other bytes.
  init?(_ bytes: some Collection<UInt8>) {
    switch Array(bytes.prefix(4)) {
    case [0xD4, 0xC3, 0xB2, 0xA1]: self.init(bigEndian: false, ticks: 1_000_000)
    case [0xA1, 0xB2, 0xC3, 0xD4]: self.init(bigEndian: true, ticks: 1_000_000)
    case [0x4D, 0x3C, 0xB2, 0xA1]: self.init(bigEndian: false, ticks: 1_000_000_000)
    case [0xA1, 0xB2, 0x3C, 0x4D]: self.init(bigEndian: true, ticks: 1_000_000_000)
    case [0x34, 0xCD, 0xB2, 0xA1]: self.init(bigEndian: false, ticks: 1_000_000, isModified: true)
    case [0xA1, 0xB2, 0xCD, 0x34]: self.init(bigEndian: true, ticks: 1_000_000, isModified: true)
    default: return nil
    }
  }

  private init(bigEndian: Bool, ticks: UInt32, isModified: Bool = false) {
    (isBigEndian, ticksPerSecond, self.isModified) = (bigEndian, ticks, isModified)
  }

  /// Lengths that record headers can have under this magic, the usual one first. The others are
  /// of patched versions that left the magic as it was: 24 of Red Hat 6.1 and 20 of Nokia,
  /// 28 of SuSE 6.3.
  var recordHeaderLengths: [Int] { isModified ? [24, 28] : [16, 24, 20] }
}
