import Drawing
import FeatureTables
import Foundation

/// Figures as PNG, by `rsvg-convert` of librsvg.
public enum PNGImage {
  /// Pixels for each unit of the drawing: sharp on a screen of high density and in print.
  private static let zoom = "3"

  /// Writes a figure in light colors, whole or not at all.
  /// - Throws: `DataError` of kind `noOutput` where the program is missing, naming the package that
  ///   has it, or where it fails.
  public static func write(_ figure: Figure, to path: String) throws(DataError) {
    guard let program = program else {
      throw DataError(
        .noOutput, file: path, problem: "takes 'rsvg-convert', which is not on the path",
        remedy: "install it (apt-get install librsvg2-bin), or do without --png: the SVG files "
          + "show the same")
    }
    let output = try convert(figure.file(.fixed(.light)), with: program, for: path)
    try WholeFile.write(output, to: path)
  }

  private static var program: URL? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").map { URL(filePath: "\($0)/rsvg-convert") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
  }

  /// The drawing goes through a file, so that no pipe can fill up on both sides.
  private static func convert(
    _ drawing: String, with program: URL, for path: String
  ) throws(DataError) -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "flowmeter-figure-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, target) = (folder.appending(path: "in.svg"), folder.appending(path: "out.png"))
    let process = Process()
    process.executableURL = program
    process.arguments = ["--zoom", zoom, "--output", target.path, source.path]
    process.standardError = FileHandle.nullDevice
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(drawing.utf8).write(to: source)
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
      return [UInt8](try Data(contentsOf: target))
    } catch {
      throw DataError(
        .noOutput, file: path, problem: "cannot be made by \(program.path)",
        remedy: "see whether 'rsvg-convert --version' answers and the disk has room; the SVG "
          + "files show the same")
    }
  }
}
