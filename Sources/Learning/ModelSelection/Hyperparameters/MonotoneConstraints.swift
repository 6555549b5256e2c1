/// Features whose growth moves the answer of boosting one way only.
public struct MonotoneConstraints: Sendable, Equatable {
  /// Which way the probability of the second of two classes, the malicious one, may move while a
  /// feature grows and the others stay.
  public enum Direction: Int, Sendable {
    /// It never falls.
    case increasing = 1
    /// It never rises.
    case decreasing = -1
  }

  /// By the name of the encoded column: that of a numeric feature, `proto=tcp` for a category.
  public var directions: [String: Direction]

  /// - Parameter directions: by the name of the column; none by default.
  public init(_ directions: [String: Direction] = [:]) { self.directions = directions }

  /// Reads `none` or `NAME:+1,NAME:-1`; nil for anything else. A name may hold a colon, but no
  /// comma.
  public init?(parsing text: String) {
    self.init()
    if text == "none" { return }
    for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let colon = entry.lastIndex(of: ":"), colon > entry.startIndex,
        let direction = Int(entry[entry.index(after: colon)...]).flatMap(Direction.init(rawValue:)),
        directions.updateValue(direction, forKey: String(entry[..<colon])) == nil
      else { return nil }
    }
  }
}

extension MonotoneConstraints: CustomStringConvertible {
  /// As it is read: `none`, or names in order, each with its direction.
  public var description: String {
    guard !directions.isEmpty else { return "none" }
    return directions.sorted { $0.key < $1.key }
      .map { "\($0.key):\($0.value == .increasing ? "+1" : "-1")" }.joined(separator: ",")
  }
}
