/// What the file header of a classic capture says, with the exceptions that writers have made.
struct PcapHeader: Sendable {
  let ticksPerSecond: UInt32
  let linkType: LinkType
  /// Whether the two lengths of a record may come in either order; the captured one is the smaller.
  let lengthsMayBeSwapped: Bool

  /// What holds where there is no header: Ethernet, and nothing out of the ordinary.
  init(_ magic: PcapMagic) {
    (ticksPerSecond, linkType, lengthsMayBeSwapped) = (magic.ticksPerSecond, .ethernet, false)
  }

  /// - Parameter window: at the begin of the file, with the whole header in memory.
  init(_ magic: PcapMagic, in window: borrowing CaptureWindow) {
    let versions = window.integer32(4, isBigEndian: magic.isBigEndian)
    let (high, low) = (UInt16(versions >> 16), UInt16(truncatingIfNeeded: versions))
    let (major, minor) = magic.isBigEndian ? (high, low) : (low, high)
    // The upper half of the field holds the length of the frame check sequence.
    let number = UInt16(
      truncatingIfNeeded: window.integer32(20, isBigEndian: magic.isBigEndian))
    let interface = (major, minor) == (2, 2) ? PcapHeader.linkType(ofAIX: number) : nil
    linkType = interface ?? LinkType(rawValue: number)
    ticksPerSecond = interface == nil ? magic.ticksPerSecond : 1_000_000_000
    // Versions before 2.3, some of 2.3, and 543.0 of DG/UX.
    lengthsMayBeSwapped = major == 543 || major == 2 && minor <= 3
  }

  /// The tcpdump of AIX writes version 2.2, interface types of RFC 1573 and nanoseconds.
  private static func linkType(ofAIX interface: UInt16) -> LinkType? {
    switch interface {
    case 6: .ethernet
    case 9: .tokenRing
    case 15: .fddi
    case 24: .null
    default: nil
    }
  }
}
