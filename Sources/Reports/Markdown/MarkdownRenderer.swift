import Evaluation

/// A report as GitHub-flavored Markdown.
public struct MarkdownRenderer: Sendable {
  /// A renderer; there is nothing to choose.
  public init() {}

  /// Ends with a line feed.
  public func render(_ document: ReportDocument) -> String {
    let title = "# \(document.title.markdown)"
    return ([title] + document.blocks.map(render)).joined(separator: "\n\n") + "\n"
  }

  private func render(_ block: ReportDocument.Block) -> String {
    switch block {
    case .heading(let text): "## \(text.markdown)"
    case .text(let text): text.markdown
    case .table(let table): render(table)
    case .findings(let findings): findings.map(render).joined(separator: "\n")
    }
  }

  private func render(_ finding: Finding) -> String {
    "- **\(finding.severity.rawValue)** `\(finding.kind.rawValue)`: \(finding.message.markdown)"
  }

  private func render(_ table: ReportTable) -> String {
    let alignment = table.header.indices.map { $0 == 0 ? ":--" : "--:" }
    let lines = [table.header.map(\.markdown), alignment] + table.rows.map { $0.map(\.markdown) }
    return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}

extension String {
  /// With every character that Markdown or HTML would take for markup escaped.
  fileprivate var markdown: String {
    printable.reduce(into: "") { text, character in
      switch character {
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~": text += "\\\(character)"
      default: text.append(character)
      }
    }
  }
}
