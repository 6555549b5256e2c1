import FeatureTables

/// Reads the packets of one capture, whatever its container, and keeps the account of it.
package struct CaptureReader: ~Copyable {
  private var window: CaptureWindow
  /// Nil where the capture comes in blocks.
  private let records: PcapFormat?
  private var blocks = PcapngBlocks()
  /// A record that was looked at and not yet handed out.
  private var pending: PacketRecord?
  private(set) package var account: CaptureAccount

  /// - Parameters:
  ///   - path: a file, or `-` for standard input; gzip and zstd are taken off.
  ///   - digesting: whether to keep the digest of the stored file, which costs more than reading.
  /// - Throws: `DataError` of kind `noInput`, or `badData` where it is no capture.
  package init(path: String, digesting: Bool = false) throws(DataError) {
    try self.init(ByteSource(path: path, digesting: digesting))
  }

  /// A capture in memory, under a name for messages.
  package init(name: String, bytes: [UInt8]) throws(DataError) {
    try self.init(ByteSource(name: name, bytes: bytes, digesting: false))
  }

  private init(_ source: consuming ByteSource) throws(DataError) {
    var window = CaptureWindow(source)
    let container = try CaptureReader.container(of: &window)
    records = container == .pcapng ? nil : try PcapFormat(container, in: &window)
    account = CaptureAccount(container: container)
    self.window = window
  }

  private static func container(
    of window: inout CaptureWindow
  ) throws(DataError) -> CaptureContainer {
    let firstBytes = try window.firstBytes(PcapFormat.headerLength + PacketStreamer.magic.count)
    if let container = CaptureContainer(firstBytes: firstBytes) { return container }
    throw ForeignCapture.error(window.name, firstBytes, damage: window.damage)
  }

  package var name: String { window.name }

  /// How the capture ended; nil before its end.
  package var ending: CaptureEnding? { window.ending }

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

  /// The SHA-256 of the whole file as stored; reads what is left of it. Nil where it is not kept.
  package mutating func storedDigest() throws(DataError) -> String? {
    try window.storedDigest()
  }

  /// Bytes of the decompressed capture used so far.
  package var bytesRead: UInt64 { window.offset }

  @inline(__always)
  private mutating func read() throws(DataError) -> PacketRecord? {
    guard ending == nil else { return nil }
    if let records { return try records.nextRecord(in: &window) }
    return try blocks.nextRecord(in: &window)
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
