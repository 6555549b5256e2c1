import Evaluation
import FeatureTables

/// What a report says, in order, without saying how it looks: `TerminalRenderer` and
/// `MarkdownRenderer` make text of it. It holds no number that the value it was made from lacks.
public struct ReportDocument: Sendable, Equatable {
  public enum Block: Sendable, Equatable {
    case heading(String)
    case text(String)
    case table(ReportTable)
    case findings([Finding])
  }

  public var title: String
  public var blocks: [Block]

  public init(title: String, blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }
}

/// A table of short texts; the first column names the rows, the others are numbers.
public struct ReportTable: Sendable, Equatable {
  public let header: [String]
  public let rows: [[String]]

  /// - Parameter rows: each as long as `header`.
  public init(header: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == header.count }, "a row needs a cell a column")
    self.header = header
    self.rows = rows
  }
}
