import Drawing
import Evaluation

/// A self-contained page: nothing is loaded from anywhere, no script runs.
struct Page {
  /// A part of the page under a heading of its own.
  struct Section {
    let identifier: String
    let heading: String
    let content: [Markup]
  }

  let title: String
  /// Above the first heading of a section: what to read first.
  let lead: [Markup]
  let sections: [Section]
  let footer: String

  var html: String {
    let head: [Markup] = [
      .element("meta", ["charset": "utf-8"]),
      .element("title", text: title),
      .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("meta", ["name": "color-scheme", "content": "light dark"]),
      // A page that must load nothing says so, and a browser then sees to it.
      .element(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        ]),
      .style(StyleRules([PageStyle.rules, Stylesheet.adaptive])),
    ]
    let body: [Markup] = [
      .element("a", ["class": "skip", "href": "#content"], text: "Skip to the content"),
      .element("header", [:], [.element("h1", text: title)] + lead),
      navigation,
      .element("main", ["id": "content"], sections.map(markup)),
      .element("footer", [:], [.element("p", text: footer)]),
    ]
    return Markup.page(language: "en", head: head, body: body).source
  }

  private var navigation: Markup {
    .element(
      "nav", ["aria-label": "Sections"],
      [
        .element(
          "ul", [:],
          sections.map { section in
            .element(
              "li", [:],
              [.element("a", ["href": "#\(section.identifier)"], text: section.heading)])
          })
      ])
  }

  private func markup(_ section: Section) -> Markup {
    .element(
      "section",
      ["id": section.identifier, "aria-labelledby": "\(section.identifier)-heading"],
      [.element("h2", ["id": "\(section.identifier)-heading"], text: section.heading)]
        + section.content)
  }
}

/// Parts that pages are made of.
enum Piece {
  static func paragraph(_ text: String) -> Markup { .element("p", text: text) }

  static func list(_ items: [String]) -> Markup {
    .element("ul", [:], items.map { .element("li", text: $0) })
  }

  /// A figure with its caption.
  /// - Parameter identifier: unique on the page.
  static func figure(_ figure: Figure, identifier: String, note: String = "") -> Markup {
    .element(
      "figure", [:],
      [
        .element("figcaption", [:], [.element("strong", text: figure.title)]),
        figure.embedded(identifier: identifier),
      ] + (note.isEmpty ? [] : [.element("p", ["class": "note"], text: note)]))
  }

  /// Something that makes a score doubtful.
  static func finding(_ finding: Finding) -> Markup {
    .element(
      "p", ["class": "finding finding-\(finding.severity.rawValue)"],
      [
        .element("b", text: finding.severity.rawValue), .text(": \(finding.message) "),
        .element("span", ["class": "quiet"], text: "[\(finding.kind.rawValue)]"),
      ])
  }

  /// Figures side by side as far as there is room.
  static func gallery(_ figures: [Markup]) -> Markup {
    .element("div", ["class": "gallery"], figures)
  }

  /// A table that scrolls by itself where it is wider than the page.
  static func table(_ table: ReportTable, caption: String) -> Markup {
    let head = Markup.element(
      "tr", [:], table.header.map { .element("th", ["scope": "col"], text: $0) })
    let rows = table.rows.map { cells in
      Markup.element(
        "tr", [:],
        cells.enumerated().map { index, cell in
          index == 0
            ? .element("th", ["scope": "row"], text: cell) : .element("td", text: cell)
        })
    }
    return scrolling(
      .element(
        "table", [:],
        [
          .element("caption", text: caption), .element("thead", [:], [head]),
          .element("tbody", [:], rows),
        ]), named: caption)
  }

  /// Something wide that can be scrolled by keyboard, too.
  static func scrolling(_ content: Markup, named name: String) -> Markup {
    .element(
      "div", ["class": "scroll", "role": "region", "aria-label": name, "tabindex": "0"], [content])
  }
}
