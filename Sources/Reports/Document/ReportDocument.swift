import Evaluation
import FeatureTables

/// What a report says, in order, without saying how it looks: `TerminalRenderer` and
/// `MarkdownRenderer` make text of it. It holds no number that the value it was made from lacks.
public struct ReportDocument: Sendable, Equatable {
  /// A part of a report that stands by itself.
  public enum Block: Sendable, Equatable {
    case heading(String)
    case text(String)
    case table(ReportTable)
    case findings([Finding])
  }

  /// The heading of the whole report, without markup.
  public var title: String
  /// What stands below the title, from top to bottom.
  public var blocks: [Block]

  /// - Parameters:
  ///   - title: the heading of the whole report.
  ///   - blocks: from top to bottom.
  public init(title: String, blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }
}

/// A table of short texts; the first column names the rows, the others are numbers.
public struct ReportTable: Sendable, Equatable {
  /// The headings of the columns, one each.
  public let header: [String]
  /// Cells, one list a row and one cell a column.
  public let rows: [[String]]

  /// - Parameter rows: each as long as `header`.
  public init(header: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == header.count }, "a row needs a cell a column")
    self.header = header
    self.rows = rows
  }
}
