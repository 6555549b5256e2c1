import Drawing
import Foundation
import FoundationXML
import Testing

/// What a figure is made of, read back from its file.
@Suite struct FigureTests {
  private func figure(_ panels: [Panel], title: String = "A figure") -> Figure {
    Figure(title: title, description: "What there is to see.", panels: panels)
  }

  private let unit = Axis("share", .linear(0...1))

  /// All marks at once.
  private var everything: [Panel] {
    let shapes: [Mark.Shape] = [
      .line([Point(0, 0), Point(0.5, 0.7), Point(1, 1)]),
      .steps(edges: [0, 0.5, 1], heights: [0.2, 0.8]),
      .area(edges: [0, 0.5, 1], heights: [0.2, 0.8]), .bars([Mark.Bar(0.1...0.2, 0.5)]),
      .horizontalBars([Mark.Bar(0.1...0.2, 0.5)]),
      .points([Point(0.3, 0.3)]), .verticalRule(0.9, "here"), .horizontalRule(0.1, "there"),
      .text(Point(0.95, 0.5), "a word"),
    ]
    let marks = shapes.enumerated().map { Mark($1, .series($0), name: "mark \($0)") }
    let names = (0..<6).map { "a class with a long name \($0)" }
    let cells = names.indices.flatMap { row in
      names.indices.map { Mark.Cell(column: $0, row: row, share: Double($0) / 5, label: "\($0)") }
    }
    return [
      Panel(x: unit, y: unit, marks: marks),
      Panel(
        heading: "Heat", note: "note", x: Axis("", .band(names)), y: Axis("", .band(names)),
        marks: [Mark(.cells(cells))]),
    ]
  }

  @Test func aFigureSaysWhatItShows() throws {
    let file = figure(everything, title: "Title <b> & \"more\"").file()
    let document = try parse(file)
    let root = try #require(document.first)
    #expect(root.name == "svg" && root.attributes["role"] == "img")
    let labels = try #require(root.attributes["aria-labelledby"]).split(separator: " ")
    for (label, name) in zip(labels, ["title", "desc"]) {
      #expect(document.contains { $0.name == name && $0.attributes["id"] == String(label) })
    }
    #expect(document.first { $0.name == "title" }?.text == "Title <b> & \"more\"")
    #expect(document.first { $0.name == "desc" }?.text == "What there is to see.")
  }

  @Test func theSameFigureIsTheSameBytes() {
    #expect(figure(everything).file() == figure(everything).file())
    #expect(!figure(everything).file().contains("nan"))
  }

  @Test func everythingLiesWithinTheFigure() throws {
    for element in try parse(figure(everything).file()) {
      for (name, limit) in [("x", 360.0), ("cx", 360), ("y", 2_000), ("cy", 2_000)] {
        guard let value = element.attributes[name].flatMap(Double.init) else { continue }
        #expect((0...limit).contains(value), "\(element.name) \(name) \(value)")
      }
      for number in (element.attributes["d"] ?? "").split(whereSeparator: { "MLHVZ ".contains($0) })
      {
        #expect(Double(number).map { $0 >= 0 } == true, "\(number)")
      }
    }
  }

  @Test func aPageBringsTheColorsAndSaysTheTitle() throws {
    let embedded = figure(everything).embedded(identifier: "f1").source
    #expect(!embedded.contains("<style>") && embedded.contains("id=\"f1-title\""))
    #expect(try parse(embedded).filter { $0.text == "A figure" }.map(\.name) == ["title"])
  }

  /// Labels of ticks on one line keep a distance, whatever the numbers.
  @Test(arguments: [1.0, 123.456, 98_765_432, 0.000_321])
  func labelsOfTicksDoNotTouch(width: Double) throws {
    let panel = Panel(
      x: Axis("", .linear(width...(2.37 * width))), y: unit,
      marks: [Mark(.line([Point(width, 0), Point(2 * width, 1)]))])
    let texts = try parse(figure([panel]).file()).filter { $0.name == "text" }
    var lines: [String: [(place: Double, text: String)]] = [:]
    for text in texts where text.attributes["text-anchor"] == "middle" {
      let place = try #require(text.attributes["x"].flatMap(Double.init))
      lines[text.attributes["y"] ?? "", default: []].append((place, text.text))
    }
    #expect(lines.count == 1)
    for line in lines.values {
      for (first, second) in zip(line, line.dropFirst()) {
        let room = 0.62 * 11 * Double(first.text.count + second.text.count) / 2
        #expect(second.place - first.place >= room, "\(first) \(second)")
      }
    }
  }

  @Test func namesThatAreTooLongAreCutOrTurned() throws {
    let texts = try parse(figure(everything).file()).filter { $0.name == "text" }
    let names = texts.filter { $0.text.hasPrefix("a class") }
    #expect(names.count == 12 && names.allSatisfy { $0.text.contains("…") })
    #expect(names.count { $0.attributes["transform"]?.hasPrefix("rotate(-90") == true } == 6)
  }

  @Test func namesOfTicksAreTurnedRatherThanLeftOut() throws {
    let ticks = (0..<20).map { Tick(Double($0), "name \($0)") }
    let panel = Panel(
      x: Axis("", .linear(0...20), ticks: ticks, hasNames: true), y: unit, marks: [])
    let texts = try parse(figure([panel]).file()).filter { $0.text.hasPrefix("name ") }
    #expect(texts.map(\.text) == ticks.map(\.label))
    #expect(texts.allSatisfy { $0.attributes["transform"] != nil })
    let numbers = Panel(x: Axis("", .linear(0...20), ticks: ticks), y: unit, marks: [])
    let shown = try parse(figure([numbers]).file()).filter { $0.text.hasPrefix("name ") }
    #expect(shown.count < 10 && shown.allSatisfy { $0.attributes["transform"] == nil })
  }

  @Test func nothingToDrawIsNoFault() throws {
    let marks = [
      Mark(.line([])), Mark(.steps(edges: [], heights: [])), Mark(.area(edges: [0], heights: [])),
      Mark(.bars([])), Mark(.points([])), Mark(.cells([])),
    ]
    let panel = Panel(x: Axis("", .band([])), y: unit, marks: marks)
    #expect(try parse(figure([panel]).file()).first?.name == "svg")
  }

  @Test func namesFromFilesAreText() throws {
    let evil = "</svg><script>alert(1)</script>\u{1B}[2J\u{202E}\"'&"
    let panel = Panel(
      heading: evil, x: Axis(evil, .band([evil])), y: unit,
      marks: [Mark(.points([Point(0, 0)]), name: evil)])
    let file = figure([panel], title: evil).file()
    #expect(!file.contains("<script") && !file.contains("\u{1B}") && !file.contains("\u{202E}"))
    #expect(try parse(file).allSatisfy { $0.name != "script" })
  }

  // MARK: Reading back

  private struct Element {
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  private func parse(_ text: String) throws -> [Element] {
    let reader = Reader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    return reader.elements
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      open.append(elements.count)
      elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let last = open.last { elements[last].text += text }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      open.removeLast()
    }
  }
}
