import ArgumentParser

/// An amount of memory on the command line: `500MB`, `2GB`, `1GiB`; a bare number is bytes.
struct ByteSize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let units: [(suffix: String, bytes: Double)] = [
      ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6),
      ("GB", 1e9), ("TB", 1e12), ("K", 1e3), ("M", 1e6), ("G", 1e9), ("B", 1), ("", 1),
    ]
    guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }),
      let number = Double(argument.dropLast(unit.suffix.count)), number > 0,
      number * unit.bytes < 0x1p62
    else { return nil }
    bytes = Int(number * unit.bytes)
  }
}

/// What becomes of Ethernet padding in the set that counts it.
enum Padding: String, ExpressibleByArgument, CaseIterable {
  case count
  case strip
}
