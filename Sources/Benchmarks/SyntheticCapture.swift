import FeatureTables

/// Captures of any size, made of whole TCP packets of 60 bytes.
enum SyntheticCapture {
  /// A SYN flood: each packet is a flow of its own.
  static func flood(packets: Int, to path: String) throws {
    try write(packets: packets, to: path) { number in
      // Never the same pair of address and port.
      (UInt32(truncatingIfNeeded: number), UInt16(truncatingIfNeeded: number >> 16 &+ 1_024))
    }
  }

  /// Ordinary traffic in its counts: flows of twenty packets, a thousand open at a time.
  static func traffic(packets: Int, to path: String) throws {
    try write(packets: packets, to: path) { number in
      (UInt32(number % 1_000 + number / 20_000 * 1_000), 40_000)
    }
  }

  private static func write(
    packets: Int, to path: String, source: (Int) -> (address: UInt32, port: UInt16)
  ) throws {
    var file = try WholeFile(path: path)
    var bytes: [UInt8] = []
    func little(_ value: UInt32) {
      for shift: UInt32 in [0, 8, 16, 24] {
        bytes.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    func big(_ value: UInt32) { little(value.byteSwapped) }
    for field: UInt32 in [0xA1B2_C3D4, 0x0004_0002, 0, 0, 262_144, 1] { little(field) }
    for number in 0..<packets {
      let (address, port) = source(number)
      for field: UInt32 in [1_700_000_000 + UInt32(number / 1_000_000), UInt32(number % 1_000_000)]
      {
        little(field)
      }
      for field: UInt32 in [54, 60] { little(field) }
      bytes += [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0]
      bytes += [0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0]
      big(0x0A00_0000 &+ address)
      big(0xC0A8_0001)
      big(UInt32(port) << 16 | 80)
      big(1)
      big(0)
      bytes += [0x50, number % 20 == 0 ? 2 : 16, 0xFF, 0xFF, 0, 0, 0, 0]
      if bytes.count > 1 << 20 {
        try file.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(bytes)
    try file.commit()
  }
}
