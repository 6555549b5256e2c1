import FeatureTables

/// Reads the packets of one capture, whatever its container, and keeps the account of it.
package struct CaptureReader: ~Copyable {
  private var window: CaptureWindow
  private let format: Format
  private var blocks = PcapngBlocks()
  /// A record that was looked at and not yet handed out.
  private var pending: PacketRecord?
  private(set) package var account: CaptureAccount
  /// How the capture ended; nil before its end.
  private(set) package var ending: CaptureEnding?

  private enum Format {
    case pcap(PcapFormat)
    case pcapng

    var container: CaptureContainer {
      switch self {
      case .pcap: .pcap
      case .pcapng: .pcapng
      }
    }
  }

  /// - Parameter path: a file, or `-` for standard input; gzip is taken off.
  /// - Throws: `DataError` of kind `noInput`, or `badData` where it is no capture.
  package init(path: String) throws(DataError) {
    var window = try CaptureWindow(path: path)
    let format = try CaptureReader.format(of: &window)
    self.window = window
    self.format = format
    account = CaptureAccount(container: format.container)
  }

  private static func format(of window: inout CaptureWindow) throws(DataError) -> Format {
    let firstBytes = try window.firstBytes(4)
    switch CaptureContainer(firstBytes: firstBytes) {
    case .pcap:
      if let magic = PcapFormat.Magic(firstBytes),
        let header = try PcapFormat(magic, in: &window)
      {
        return .pcap(header)
      }
      throw DataError(
        file: window.name, problem: "is cut inside the file header of a pcap capture",
        remedy: "capture or fetch the file again")
    case .pcapng:
      return .pcapng
    case nil:
      throw DataError(
        file: window.name,
        problem: window.damage ?? (firstBytes.isEmpty ? "is empty" : "is not a packet capture"),
        remedy: "pcap and pcapng files are read, plain or gzip; "
          + "'editcap -F pcap IN OUT' converts others")
    }
  }

  package var name: String { window.name }

  /// The time of the first packet, which is still to be read then; nil if there is none.
  mutating func firstTime() throws(DataError) -> Int64? {
    if pending == nil { pending = try read() }
    return pending?.time
  }

  /// The next packet, or nil at the end, when `ending` says how the capture ended.
  /// - Throws: `DataError` of kind `inputOutput`. Damage is no error but an ending.
  @inline(__always)
  package mutating func next() throws(DataError) -> PacketRecord? {
    if let record = pending {
      pending = nil
      account.add(record)
      return record
    }
    guard let record = try read() else { return nil }
    account.add(record)
    return record
  }

  /// Hands the captured bytes of `record` to `body`. Only the last record can be asked for.
  @inline(__always)
  package func withBytes<Result>(of record: PacketRecord, _ body: (RawSpan) -> Result) -> Result {
    window.withBytes(record.range, body)
  }

  /// The SHA-256 of the whole file as stored; reads what is left of it.
  package mutating func storedDigest() throws(DataError) -> String {
    try window.storedDigest()
  }

  /// Bytes of the decompressed file used so far.
  package var bytesRead: UInt64 { window.offset }

  private mutating func read() throws(DataError) -> PacketRecord? {
    guard ending == nil else { return nil }
    let step: RecordStep
    switch format {
    case .pcap(let pcap): step = try pcap.nextRecord(in: &window)
    case .pcapng: step = try blocks.nextRecord(in: &window)
    }
    switch step {
    case .record(let record): return record
    case .end(let reason):
      ending = reason
      return nil
    }
  }
}

/// What was read of one capture so far.
package struct CaptureAccount: Sendable {
  package let container: CaptureContainer
  package private(set) var packets = 0
  /// The earliest and the latest time stamp; in no order before the first packet.
  package private(set) var earliest = Int64.max
  package private(set) var latest = Int64.min
  /// In the order in which they appeared.
  package private(set) var linkTypes: [LinkType] = []
  private var lastLinkType: LinkType?

  init(container: CaptureContainer) { self.container = container }

  @inline(__always)
  mutating func add(_ record: PacketRecord) {
    packets += 1
    earliest = min(earliest, record.time)
    latest = max(latest, record.time)
    if record.linkType != lastLinkType { note(record.linkType) }
  }

  private mutating func note(_ linkType: LinkType) {
    lastLinkType = linkType
    if !linkTypes.contains(linkType) { linkTypes.append(linkType) }
  }
}
