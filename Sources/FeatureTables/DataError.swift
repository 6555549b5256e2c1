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

  /// Where in its file the trouble lies. Counts are of the content after decompression.
  public enum Place: Equatable, Sendable {
    /// No one place: the file is at fault as a whole.
    case wholeFile
    /// A line, counted from 1; a header counts too.
    case line(Int)
    /// One cell of a table: its line, counted from 1, and the name of its column.
    case cell(line: Int, column: String)
    /// A column by name, in whatever row.
    case column(String)
    /// A packet counted from 1, and the byte where its record begins.
    case packet(Int, byte: UInt64)
    /// An offset in bytes from the start of the file.
    case byte(UInt64)
    /// A path into a JSON document: `estimator.trees[3].left`.
    case path(String)
  }

  /// What sort of trouble it is; decides `exitCode`.
  public let kind: Kind
  /// The file as it was named, or the argument that is at fault: `--set depth=0`.
  public let file: String
  /// Where in `file` the problem lies.
  public let place: Place
  /// The rest of a sentence that begins with the file: `is a folder, not a file`.
  public let problem: String
  /// What the user can do about it; may be empty.
  public let remedy: String

  /// An error about bad data in the whole file, unless `kind` and `place` say otherwise.
  /// - Parameters:
  ///   - problem: the rest of a sentence that begins with the file.
  ///   - remedy: what the user can do about it; may be empty.
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

  /// `FILE: PLACE: PROBLEM`, with the remedy on a line of its own after `help:` where there is one.
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
