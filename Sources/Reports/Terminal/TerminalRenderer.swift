import Evaluation

/// A report as plain text for a terminal or a log, no line wider than `width`.
public struct TerminalRenderer: Sendable {
  /// In columns, at least 40.
  public let width: Int
  /// Whether to mark headings and severities with ANSI colors.
  public let usesColor: Bool

  /// - Parameters:
  ///   - width: in columns; less than 40 counts as 40.
  ///   - usesColor: whether to mark headings and severities with ANSI colors.
  public init(width: Int = 100, usesColor: Bool = false) {
    self.width = max(40, width)
    self.usesColor = usesColor
  }

  /// Ends with a line feed.
  public func render(_ document: ReportDocument) -> String {
    var parts = [styled(document.title.printable, .bold)]
    parts += document.blocks.map(render)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func render(_ block: ReportDocument.Block) -> String {
    switch block {
    case .heading(let text): styled(text.printable, .bold)
    case .text(let text): wrapped(text.printable, indent: 0)
    case .table(let table): TextTable(table, width: width).text
    case .findings(let findings): findings.map(render).joined(separator: "\n")
    }
  }

  private func render(_ finding: Finding) -> String {
    let head = "\(finding.severity.rawValue): "
    let body = wrapped(
      "\(finding.message.printable) [\(finding.kind.rawValue)]", indent: head.count)
    return styled(head, Style(finding.severity)) + body.drop { $0 == " " }
  }

  /// Broken at blanks, every line after `indent` blanks; a word longer than a line is cut.
  private func wrapped(_ text: String, indent: Int) -> String {
    let room = width - indent
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").flatMap({ pieces(of: $0, room: room) }) {
      if line.isEmpty {
        line = word
      } else if line.count + 1 + word.count <= room {
        line += " \(word)"
      } else {
        lines.append(line)
        line = word
      }
    }
    lines.append(line)
    let margin = String(repeating: " ", count: indent)
    return lines.map { margin + $0 }.joined(separator: "\n")
  }

  private func pieces(of word: Substring, room: Int) -> [String] {
    var pieces: [String] = []
    var rest = word
    while rest.count > room {
      pieces.append(String(rest.prefix(room)))
      rest = rest.dropFirst(room)
    }
    return pieces + [String(rest)]
  }

  // MARK: Color

  private enum Style: String {
    case bold = "1"
    case red = "31"
    case yellow = "33"
    case cyan = "36"

    init(_ severity: Finding.Severity) {
      switch severity {
      case .info: self = .cyan
      case .warning: self = .yellow
      case .error: self = .red
      }
    }
  }

  private func styled(_ text: String, _ style: Style) -> String {
    usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// Names come from files: a control character must not reach a terminal, nor break a line.
  package var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
          default: scalar
          }
        }))
  }
}
