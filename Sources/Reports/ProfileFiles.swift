import Drawing
import Evaluation
import FeatureTables
import Foundation

/// Profiles as files in a folder: `profile.json` with every number, `profile.html` and `profile.md`
/// for people, and one figure a feature under `figures`.
public struct ProfileFiles: Sendable {
  /// The most features that are drawn; the tables have all.
  public var limit: Int
  /// Whether figures are written as PNG, too.
  public var withPNG: Bool
  /// The heading of the page.
  public var title: String

  /// - Parameters:
  ///   - limit: the most features that are drawn.
  ///   - withPNG: whether figures are written as PNG, too.
  ///   - title: the heading of the page.
  public init(limit: Int, withPNG: Bool = false, title: String = "Profiles") {
    self.limit = limit
    self.withPNG = withPNG
    self.title = title
  }

  /// Writes each file whole or not at all; makes the folder where it is missing.
  /// - Returns: the paths written.
  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  @discardableResult
  public func write(
    _ profiles: FeatureHistograms, to folder: String
  ) throws(DataError) -> [String] {
    let folder = ReportFolder(folder)
    var written = [
      try folder.write(json: profiles, to: "profile.json"),
      try folder.write(
        MarkdownRenderer().render(ReportDocument(profiles, title: title)), to: "profile.md"),
      try folder.write(
        ProfilePage(profiles: profiles, title: title, limit: limit).html, to: "profile.html"),
    ]
    let benign = Set(profiles.classes.filter(\.isBenign).map(\.name))
    for (index, histogram) in profiles.features.prefix(limit).enumerated() {
      let figure = ProfileFigure(histogram, benign: benign).figure
      let name = "figures/" + ProfileFiles.name(of: histogram.feature, place: index + 1)
      written.append(try folder.write(figure.file(), to: name + ".svg"))
      if withPNG {
        let path = folder.path(name + ".png")
        try PNGImage.write(figure, to: path)
        written.append(path)
      }
    }
    return written
  }

  /// Names of features come from files: what is no letter, digit or line does not enter a path.
  private static func name(of feature: String, place: Int) -> String {
    let safe = feature.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar || scalar == "-")
        ? Character(scalar) : "_"
    }
    return (place < 10 ? "0" : "") + "\(place)-" + String(safe.prefix(80))
  }
}
