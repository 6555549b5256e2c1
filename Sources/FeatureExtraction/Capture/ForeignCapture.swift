import FeatureTables

/// Files that hold no packets in a form that is read here, and what to do with them.
enum ForeignCapture {
  /// The error for a file that begins so.
  /// - Parameter damage: why decompression stopped, if it did.
  static func error(_ file: String, _ firstBytes: [UInt8], damage: String?) -> DataError {
    if let damage {
      return DataError(file: file, problem: damage, remedy: "fetch the file again")
    }
    if firstBytes.isEmpty {
      return DataError(
        file: file, problem: "is empty", remedy: "check the program that wrote the capture")
    }
    for (magic, form, remedy) in known where firstBytes.starts(with: magic) {
      return DataError(file: file, problem: "is \(form)", remedy: remedy)
    }
    return DataError(
      file: file, problem: "is not a packet capture",
      remedy: "pcap and pcapng files are read, plain, gzip or zstd, and what PacketStreamer "
        + "writes; \(convert) others")
  }

  private static let convert = "'editcap -F pcapng IN OUT' converts"
  private static let convertIt = "\(convert) it"

  private static let known: [(magic: [UInt8], form: String, remedy: String)] = [
    (Array("snoop\0\0\0".utf8), "a capture of Sun's snoop", convertIt),
    (Array("btsnoop\0".utf8), "a Bluetooth capture (btsnoop), which has no flows", ""),
    (Array("GMBU".utf8), "a capture of Microsoft Network Monitor", convertIt),
    (Array("RTSS".utf8), "a capture of Microsoft Network Monitor", convertIt),
    (Array("TRSNIFF data".utf8), "a capture of the DOS Sniffer", convertIt),
    (Array("XCP\0".utf8), "a capture of the Windows Sniffer or NetXRay", convertIt),
    (Array("\u{7F}ver".utf8), "a capture of OmniPeek", convertIt),
    (Array("ObserverPktBuffer".utf8), "a capture of Observer", convertIt),
    (Array("BZh".utf8), "compressed with bzip2", "unpack it first: bunzip2 FILE"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed with xz", "unpack it first: unxz FILE"),
    ([0x04, 0x22, 0x4D, 0x18], "compressed with lz4", "unpack it first: unlz4 FILE"),
    ([0x1F, 0x9D], "compressed with compress", "unpack it first: gunzip FILE"),
    ([0x50, 0x4B, 0x03, 0x04], "a zip archive", "unpack it first: unzip FILE"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive", "unpack it first: 7z x FILE"),
    (Array("Rar!".utf8), "a RAR archive", "unpack it first: unrar x FILE"),
  ]
}
