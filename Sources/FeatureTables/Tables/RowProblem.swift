/// Why reading stopped in a block of text, with counts from the begin of the block.
package struct RowProblem: Error {
  /// From 1.
  let line: Int
  var column: String?
  let problem: String
  /// Rows read before, where the message says it.
  var rowsBefore: Int?
  let remedy: String

  /// The same with counts from the begin of the file.
  func error(file: String, linesBefore: Int, rowsBefore: Int) -> DataError {
    let line = linesBefore + line
    let after = self.rowsBefore.map { " (after \(rowsBefore + $0) rows)" } ?? ""
    return DataError(
      file: file, place: column.map { .cell(line: line, column: $0) } ?? .line(line),
      problem: problem + after, remedy: remedy)
  }
}
