/// A column of text, stored in one buffer: row r is the bytes `offsets[r]..<offsets[r + 1]`.
public struct TextColumn: Sendable, Equatable {
  /// In snake_case, as it stands in files.
  public let name: String
  private var offsets: [Int]
  private var bytes: [UInt8]

  /// A column that has no rows yet.
  /// - Parameter name: in snake_case, as it stands in files.
  public init(name: String) {
    self.name = name
    offsets = [0]
    bytes = []
  }

  /// A column with one row for each text, in order.
  public init(name: String, _ texts: some Sequence<String>) {
    self.init(name: name)
    for text in texts { append(text) }
  }

  /// How many rows there are.
  public var count: Int { offsets.count - 1 }

  /// The text of a row, from 0; a byte that is not UTF-8 becomes U+FFFD.
  public subscript(row: Int) -> String {
    String(decoding: bytes[offsets[row]..<offsets[row + 1]], as: UTF8.self)
  }

  /// The UTF-8 bytes of a row, without a copy.
  public func utf8(_ row: Int) -> ArraySlice<UInt8> { bytes[offsets[row]..<offsets[row + 1]] }

  /// Adds a row at the end.
  public mutating func append(_ text: String) { append(utf8: text.utf8) }

  /// Adds a row at the end, its bytes kept as they are; they should be UTF-8.
  public mutating func append(utf8 text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
  }

  /// Adds all rows of another column at the end.
  package mutating func append(contentsOf other: TextColumn) {
    let before = bytes.count
    bytes += other.bytes
    offsets += other.offsets.dropFirst().lazy.map { $0 + before }
  }

  /// The rows at `indices`, in that order; an index may repeat.
  public func rows(_ indices: [Int]) -> TextColumn {
    var selected = TextColumn(name: name)
    for index in indices { selected.append(utf8: utf8(index)) }
    return selected
  }
}

/// What says which flow a row is. Used to group, to join and to find leaks; never a feature by
/// default. Every part is either absent or has one entry a row.
public struct RowIdentity: Sendable, Equatable {
  /// Rows with the same value belong to one connection: a hash of the unordered pair of (address,
  /// port), the protocol and, where known, the day. Empty where the form has no flow identity.
  public var connections: [UInt64]
  /// Nanoseconds since 1970 UTC of the first packet; `Int64.min` where a row has none. Empty
  /// where the form has no times.
  public var startTimes: [Int64]
  /// The identity columns as read or made, in file order (`flow_id`, `source_address`, …).
  public var columns: [TextColumn]
  /// The input that a row came from, as an index into `sources`.
  public var sourceIndices: [Int32]
  /// The inputs by name.
  public var sources: [String]

  /// An identity of the given parts; a part that is left out is absent. Whether the parts are
  /// equally long is not checked.
  public init(
    connections: [UInt64] = [], startTimes: [Int64] = [], columns: [TextColumn] = [],
    sourceIndices: [Int32] = [], sources: [String] = []
  ) {
    self.connections = connections
    self.startTimes = startTimes
    self.columns = columns
    self.sourceIndices = sourceIndices
    self.sources = sources
  }

  /// The column called `name`, or nil.
  public func column(_ name: String) -> TextColumn? { columns.first { $0.name == name } }

  /// The rows at `indices`, in that order, with all of `sources`; an index may repeat.
  public func rows(_ indices: [Int]) -> RowIdentity {
    RowIdentity(
      connections: connections.isEmpty ? [] : indices.map { connections[$0] },
      startTimes: startTimes.isEmpty ? [] : indices.map { startTimes[$0] },
      columns: columns.map { $0.rows(indices) },
      sourceIndices: sourceIndices.isEmpty ? [] : indices.map { sourceIndices[$0] },
      sources: sources)
  }
}
