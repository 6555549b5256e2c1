/// Walks captures by the words of their descriptions alone, for tests to compare with.
enum PlainWalk {
  /// The lengths of the captured packets; nil for what is neither pcap nor pcapng.
  static func capturedLengths(_ file: [UInt8]) -> [Int]? {
    switch file.prefix(4) {
    case [0xD4, 0xC3, 0xB2, 0xA1], [0x4D, 0x3C, 0xB2, 0xA1]: pcap(file, bigEndian: false)
    case [0xA1, 0xB2, 0xC3, 0xD4], [0xA1, 0xB2, 0x3C, 0x4D]: pcap(file, bigEndian: true)
    case [0x0A, 0x0D, 0x0D, 0x0A]: pcapng(file)
    default: nil
    }
  }

  private static func integer(_ file: [UInt8], _ start: Int, bigEndian: Bool) -> Int {
    let bytes = file[start..<start + 4]
    return (bigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | Int($1) }
  }

  private static func pcap(_ file: [UInt8], bigEndian: Bool) -> [Int] {
    var (position, lengths) = (24, [] as [Int])
    while position + 16 <= file.count {
      let length = integer(file, position + 8, bigEndian: bigEndian)
      guard length <= 262_144, position + 16 + length <= file.count else { break }
      lengths.append(length)
      position += 16 + length
    }
    return lengths
  }

  private static func pcapng(_ file: [UInt8]) -> [Int] {
    var (position, bigEndian) = (0, false)
    var (lengths, snapLengths) = ([] as [Int], [] as [Int])
    while position + 12 <= file.count {
      if file[position..<position + 4] == [0x0A, 0x0D, 0x0D, 0x0A] {
        bigEndian = file[position + 8] == 0x1A
        snapLengths = []
        guard file[position + 12 + (bigEndian ? 1 : 0)] == 1 else { break }
      }
      let type = integer(file, position, bigEndian: bigEndian)
      let length = integer(file, position + 4, bigEndian: bigEndian)
      guard length >= 12, position + length <= file.count else { break }
      switch type {
      case 1: snapLengths.append(integer(file, position + 12, bigEndian: bigEndian))
      case 2, 6: lengths.append(integer(file, position + 20, bigEndian: bigEndian))
      case 3:
        let snapLength = snapLengths.first.map { $0 == 0 ? Int.max : $0 } ?? 0
        lengths.append(
          min(integer(file, position + 8, bigEndian: bigEndian), length - 16, snapLength))
      default: break
      }
      position += length
    }
    return lengths
  }
}
