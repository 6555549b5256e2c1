/// Input that cannot be used: which file, where in it, what is wrong, what to do.
public struct DataError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of trouble; decides the exit code.
  public enum Kind: Sendable, Equatable {
    /// The content is wrong (exit code 65).
    case badData
    /// The input is not there or cannot be opened (66).
    case noInput
    /// The output cannot be made (73).
    case noOutput
    /// Reading or writing failed on the way (74).
    case inputOutput
    /// Whoever read the output has seen enough: no fault (0).
    case closedPipe
    /// The call does not fit the input (64).
    case usage
  }

  public enum Place: Equatable, Sendable {
    case wholeFile
    case line(Int)
    case cell(line: Int, column: String)
    case column(String)
    /// A packet counted from 1, and the byte where its record begins.
    case packet(Int, byte: UInt64)
    case byte(UInt64)
    /// A path into a JSON document: `estimator.trees[3].left`.
    case path(String)
  }

  public let kind: Kind
  public let file: String
  public let place: Place
  public let problem: String
  /// What the user can do about it; may be empty.
  public let remedy: String

  public init(
    _ kind: Kind = .badData, file: String, place: Place = .wholeFile, problem: String,
    remedy: String
  ) {
    self.kind = kind
    self.file = file
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  public var description: String {
    let position =
      switch place {
      case .wholeFile: ""
      case .line(let number): "line \(number): "
      case .cell(let line, let column): "line \(line), column '\(column)': "
      case .column(let name): "column '\(name)': "
      case .packet(let number, let byte): "packet \(number), byte \(byte): "
      case .byte(let offset): "byte \(offset): "
      case .path(let path): "\(path): "
      }
    return "\(file): \(position)\(problem)" + (remedy.isEmpty ? "" : "\n  help: \(remedy)")
  }

  /// As in sysexits.h: 64 usage, 65 data, 66 no input, 73 cannot create, 74 input or output.
  public var exitCode: Int32 {
    switch kind {
    case .closedPipe: 0
    case .usage: 64
    case .badData: 65
    case .noInput: 66
    case .noOutput: 73
    case .inputOutput: 74
    }
  }
}
