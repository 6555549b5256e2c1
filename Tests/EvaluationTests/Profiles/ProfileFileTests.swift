import Drawing
import Evaluation
import FeatureTables
import Foundation
import Reports
import TestSupport
import Testing

/// Profiles as text, figures and files.
@Suite struct ProfileFileTests {
  private func profiles(classes: [String], rows: Int = 600) -> FeatureHistograms {
    let names = (0..<rows).map { classes[$0 % classes.count] }
    let sizes = names.indices.map { row -> Double in
      row % 11 == 0
        ? 0 : row % 13 == 0 ? .nan : Double(1 + row % classes.count) * 1.7 + Double(row % 5)
    }
    let times = names.indices.map { row in Double(row * row % 977 + 1) * Double(row % 91 + 1) }
    let states = names.indices.map { Double($0 % 3) }
    let features = [
      Feature("size", in: .bytes), Feature("time", in: .microseconds),
      Feature("state", in: .none, kind: .categorical),
    ]
    return FeatureHistograms(
      of: LabeledTable(
        matrix: FeatureMatrix(
          schema: FeatureSchema(identifier: "test", version: 1, features: features),
          rowCount: rows, values: sizes + times + states,
          categories: [[], [], ["CON", "FIN", "INT"]]),
        labels: Labels(names: names)), rankedBy: nil)
  }

  private let many = ["benign"] + (1...14).map { "Web Attack – number \($0)" }

  @Test(arguments: [60, 80, 120])
  func noLineIsWiderThanTheTerminal(width: Int) {
    for profiles in [profiles(classes: ["benign", "scan"]), profiles(classes: many)] {
      let text = ProfileRenderer(width: width).render(profiles, limit: 3)
      for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
      #expect(!text.contains("\u{1B}"))
      for name in profiles.features.map(\.feature) { #expect(text.contains(". \(name)")) }
    }
  }

  /// Every bin with a row shows a block, every empty one a blank.
  @Test func blocksHideNothing() throws {
    let profiles = profiles(classes: ["benign", "scan"])
    let text = ProfileRenderer(width: 200).render(profiles, limit: 1)
    let lines = text.split(separator: "\n").map(String.init)
    for one in profiles.features[0].classes {
      let line = try #require(lines.first { $0.hasPrefix(one.name) })
      let blocks = Array(line.dropFirst(8).prefix(one.counts.count))
      #expect(blocks.map { $0 != " " } == one.counts.map { $0 > 0 })
      let peak = one.counts.indices.max { one.counts[$0] < one.counts[$1] } ?? 0
      #expect(blocks[peak] == "█")
    }
  }

  @Test func colorComesOnlyWhenAsked() {
    let profiles = profiles(classes: ["benign", "scan"])
    let colored = ProfileRenderer(usesColor: true).render(profiles, limit: 2)
    #expect(colored.contains("\u{1B}[34mbenign") && colored.contains("\u{1B}[31mscan"))
  }

  @Test func figuresSayWhatTheyShow() {
    let profiles = profiles(classes: ["benign", "scan"])
    let figure = ProfileFigure(profiles.features[0], benign: ["benign"]).figure
    #expect(figure.title == "size (bytes)")
    for words in ["benign: 300 rows", "zero", "without a value", "JS", "KS"] {
      #expect(figure.description.contains(words), "\(figure.description)")
    }
    #expect(figure.panels.count == 1)
    let strips = ProfileFigure(self.profiles(classes: many).features[0], benign: ["benign"]).figure
    #expect(
      strips.panels.map(\.heading) == many.sorted { $0 == "benign" || ($1 != "benign" && $0 < $1) })
  }

  @Test func filesAreWrittenAndReadBack() throws {
    let folder = try TemporaryFolder()
    let profiles = profiles(classes: ["benign", "scan"])
    let paths = try ProfileFiles(limit: 2).write(profiles, to: folder.path("out"))
    #expect(
      paths.map { String($0.dropFirst(folder.path("out").count + 1)) } == [
        "profile.json", "profile.md", "profile.html", "figures/01-size.svg", "figures/02-time.svg",
      ])
    let json = try folder.bytes("out/profile.json")
    #expect(try StableJSON.decode(FeatureHistograms.self, from: json) == profiles)
    let page = String(decoding: try folder.bytes("out/profile.html"), as: UTF8.self)
    #expect(page.contains("size (bytes)") && !page.contains("<script") && !page.contains("src="))
  }

  private static let converter = ["/usr/bin/rsvg-convert", "/usr/local/bin/rsvg-convert"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(
    .enabled(
      if: converter != nil || ProcessInfo.processInfo.environment["CI"] != nil,
      "rsvg-convert is not here (apt-get install librsvg2-bin)"))
  func figuresBecomePNG() throws {
    let folder = try TemporaryFolder()
    let paths = try ProfileFiles(limit: 1, withPNG: true).write(
      profiles(classes: ["benign", "scan"]), to: folder.path("out"))
    let image = try Data(contentsOf: URL(filePath: try #require(paths.last)))
    #expect(image.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    // The header says the width: three pixels a unit of the drawing.
    #expect(Array(image[16..<20]) == [0, 0, 4, 56])
  }
}
