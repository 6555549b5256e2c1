import FeatureTables
import Foundation

/// Who talked to whom and when, for each row.
struct IdentityAssembly {
  let form: TableForm
  let columns: [PlannedColumn]
  let scanned: ScannedTable
  let zone: TimeZone?
  let path: String

  func rowIdentity() -> (identity: RowIdentity, findings: [String]) {
    var identity = RowIdentity(
      sourceIndices: Array(repeating: 0, count: scanned.rowCount), sources: [path])
    guard !form.identityIsEncoded else {
      return (
        identity,
        ["addresses and times are numbers without meaning, so that rows cannot be grouped"]
      )
    }
    for (index, column) in columns.enumerated() where column.isIdentity {
      guard identity.column(column.name) == nil, let text = text(index) else { continue }
      identity.columns.append(named(text, column.name))
    }
    let (times, findings) = startTimes()
    identity.startTimes = times
    identity.connections = connections(identity)
    return (identity, findings)
  }

  private func text(_ index: Int) -> TextColumn? {
    switch scanned.columns[index] {
    case .text(let text): return text
    case .category(let codes, let names):
      return TextColumn(
        name: columns[index].name, codes.lazy.map { $0.isNaN ? "" : names[Int($0)] })
    default: return nil
    }
  }

  /// The same texts under our name.
  private func named(_ text: TextColumn, _ name: String) -> TextColumn {
    guard text.name != name else { return text }
    var copy = TextColumn(name: name)
    for row in 0..<text.count { copy.append(utf8: text.utf8(row)) }
    return copy
  }

  // MARK: Times

  private func startTimes() -> (times: [Int64], findings: [String]) {
    guard form.time != .none,
      let index = columns.firstIndex(where: { $0.name == "start_time" }),
      let text = text(index), text.count > 0
    else { return ([], []) }
    let rule = hasOffsets(text) ? .offset : form.time
    let reader = TimeText(rule: rule, scale: columns[index].scale, zone: zone)
    let times = (0..<text.count).map { reader.nanoseconds(text.utf8($0)) }
    guard times.contains(where: { $0 != TimeText.missing }) else { return ([], []) }
    return (times, findings(rule))
  }

  /// Whether the times say their zone themselves, whatever the form's rule is.
  private func hasOffsets(_ text: TextColumn) -> Bool {
    form.time == .local && CivilTime(text.utf8(0))?.secondsEast != nil
  }

  private func findings(_ rule: TimeRule) -> [String] {
    switch rule {
    case .local where zone == nil:
      ["times carry no zone and are taken as UTC; say another with --time-zone"]
    case .argus:
      [
        "times carry no year"
          + (zone == nil ? " and no zone; they are taken as UTC" : "") + " and serve for order only"
      ]
    default: []
    }
  }

  // MARK: Connections

  private func connections(_ identity: RowIdentity) -> [UInt64] {
    guard let source = identity.column("source_address"),
      let sourcePort = identity.column("source_port"),
      let destination = identity.column("destination_address"),
      let destinationPort = identity.column("destination_port")
    else { return [] }
    let transport = identity.column("protocol")
    return (0..<source.count).map { row in
      ConnectionHash.hash(
        source: (source.utf8(row), sourcePort.utf8(row)),
        destination: (destination.utf8(row), destinationPort.utf8(row)),
        protocol: transport?.utf8(row) ?? [],
        startTime: identity.startTimes.isEmpty ? TimeText.missing : identity.startTimes[row])
    }
  }
}
