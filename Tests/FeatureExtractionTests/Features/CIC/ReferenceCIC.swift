/// The flows of the CIC sets once more, from their definitions, written to be read: all packets are
/// kept, nothing expires. Shares nothing with the extractor.
struct ReferenceCIC {
  let set: CICSet

  /// A flow, or the piece of one between two cuts.
  struct Piece {
    var packets: [SeenPacket]
    var isForward: [Bool]
    let source, destination: SeenPacket.End
    /// Microseconds of the connection before the piece.
    var timeBefore = 0
    var state = State.open
    var finFromSource = false
    var finFromDestination = false

    enum State { case open, firstFin, secondFin, closed }

    var first: SeenPacket { packets[0] }
    var last: SeenPacket { packets[packets.count - 1] }

    /// What FlowExtraction calls it.
    var name: String {
      "\(source.address)-\(destination.address)-\(source.port)-\(destination.port)"
        + "-\(first.protocolNumber)-\(first.time * 1_000)"
    }
  }

  private struct Key: Hashable {
    let protocolNumber: Int
    let ends: Set<SeenPacket.End>
    /// Only where the order of the ends matters.
    let source: SeenPacket.End?
  }

  /// All flows that give a row, in no particular order.
  func flows(_ packets: [SeenPacket]) -> [Piece] {
    var open: [Key: Piece] = [:]
    var ended: [Piece] = []
    for packet in packets {
      let key = key(of: packet)
      guard var piece = open[key] else {
        open[key] = fresh(packet)
        continue
      }
      let next = set == .original ? takeOriginal(packet, &piece) : take(packet, &piece)
      switch next {
      case .stays:
        open[key] = piece
      case .ends:
        ended.append(piece)
        open[key] = nil
      case .starts(let new):
        ended.append(piece)
        open[key] = new
      }
    }
    return (ended + open.values).filter { set != .original || $0.packets.count > 1 }
  }

  private enum Next {
    case stays, ends
    case starts(Piece)
  }

  /// Protocol and ends. B1: a host that talks to itself has a flow for each direction.
  private func key(of packet: SeenPacket) -> Key {
    let isOneAddress = packet.source.address == packet.destination.address
    return Key(
      protocolNumber: packet.protocolNumber, ends: [packet.source, packet.destination],
      source: set == .original && isOneAddress ? packet.source : nil)
  }

  // MARK: The corrected sets

  /// A1, A3, A4.
  private func fresh(_ packet: SeenPacket) -> Piece {
    let isReversed = set == .corrected && packet.isSYN && packet.isACK
    return piece(
      packet, isReversed ? packet.destination : packet.source,
      isReversed ? packet.source : packet.destination)
  }

  private func piece(
    _ packet: SeenPacket, _ source: SeenPacket.End, _ destination: SeenPacket.End
  ) -> Piece {
    var piece = Piece(packets: [], isForward: [], source: source, destination: destination)
    add(packet, to: &piece)
    if set == .published {
      piece.finFromSource = false
      piece.finFromDestination = false
    }
    return piece
  }

  /// A7, and the tally of FINs of A2.
  private func add(_ packet: SeenPacket, to piece: inout Piece) {
    let isForward =
      set == .published
      ? packet.source.address == piece.source.address : packet.source == piece.source
    piece.packets.append(packet)
    piece.isForward.append(isForward)
    if packet.isFIN {
      if isForward { piece.finFromSource = true } else { piece.finFromDestination = true }
    }
  }

  /// A2.
  private func take(_ packet: SeenPacket, _ piece: inout Piece) -> Next {
    let gap = packet.time - piece.last.time
    if piece.state == .closed, packet.isSYN {
      let goesOn = set == .published && packet.isACK && gap <= 3_600_000_000
      return .starts(goesOn ? continued(packet, piece) : fresh(packet))
    }
    if packet.time - piece.first.time > 120_000_000 {
      let goesOn: Bool
      switch packet.protocolNumber {
      case 6: goesOn = gap <= 3_600_000_000
      case 17: goesOn = set == .corrected && gap <= 120_000_000
      default: goesOn = false
      }
      return .starts(goesOn ? continued(packet, piece) : fresh(packet))
    }
    // Only ICMP has types and codes, and it has no flags.
    if packet.type != piece.first.type, packet.code != piece.first.code {
      return .starts(fresh(packet))
    }
    add(packet, to: &piece)
    if packet.isFIN {
      if piece.state == .open {
        piece.state = .firstFin
      } else if piece.state == .firstFin, piece.finFromSource, piece.finFromDestination {
        piece.state = .secondFin
      }
    } else if packet.isRST {
      piece.state = .closed
    } else if packet.isACK, piece.state == .secondFin {
      piece.state = .closed
    }
    return .stays
  }

  /// A5.
  private func continued(_ packet: SeenPacket, _ earlier: Piece) -> Piece {
    var piece = piece(packet, earlier.source, earlier.destination)
    let duration = earlier.last.time - earlier.first.time
    piece.timeBefore = earlier.timeBefore + duration + packet.time - earlier.last.time
    return piece
  }

  // MARK: The original

  /// B3 to B5.
  private func takeOriginal(_ packet: SeenPacket, _ piece: inout Piece) -> Next {
    if packet.time - piece.first.time > 120_000_000 {
      var next = self.piece(packet, piece.source, piece.destination)
      next.isForward = [true]
      return .starts(next)
    }
    add(packet, to: &piece)
    return packet.isFIN ? .ends : .stays
  }
}
