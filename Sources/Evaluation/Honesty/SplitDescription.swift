/// How the rows that judged a model were kept apart from those that made it.
public struct SplitDescription: Sendable, Equatable, Codable {
  /// By what rule rows went to one side or the other. The raw value is the word in files.
  public enum Kind: String, Sendable, Codable {
    /// Training and test rows come from different inputs.
    case separate
    /// Rows of one connection, or equal rows where no connection is known, stay together.
    case grouped
    /// Training rows come first in time.
    case time
    /// Rows at random, with the same shares of the classes on each side.
    case stratified
    /// Rows at random.
    case random
  }

  /// By what rule rows went to one side or the other.
  public let kind: Kind
  /// For a person: `grouped by connection, 10 folds`.
  public let name: String

  /// - Parameter name: nil for the name of the kind.
  public init(_ kind: Kind, name: String? = nil) {
    self.kind = kind
    self.name = name ?? kind.rawValue
  }

  /// Whether rows went to either side without regard to what they have to do with each other.
  public var isByRow: Bool { kind == .stratified || kind == .random }
}
