import Evaluation
import FeatureTables
import Foundation

/// A report as files in a folder: `report.json` with every number and `report.md` for people, and
/// `report.html` for them where there is something to draw.
public enum ReportFiles {
  /// Writes all three files, each whole or not at all; makes the folder where it is missing. The
  /// Markdown is a model card.
  /// - Returns: the paths written.
  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  @discardableResult
  public static func write(
    _ report: EvaluationReport, to folder: String
  ) throws(DataError) -> [String] {
    let page = try ReportFolder(folder).write(
      EvaluationPage(report: report).html, to: "report.html")
    return try write(report, ReportDocument(report), to: folder) + [page]
  }

  /// Writes both files, each whole or not at all; makes the folder where it is missing.
  /// - Returns: the paths written.
  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  @discardableResult
  public static func write(
    _ result: EvaluationResult, to folder: String
  ) throws(DataError) -> [String] {
    try write(result, ReportDocument(result), to: folder)
  }

  /// Writes both files, each whole or not at all; makes the folder where it is missing.
  /// - Returns: the paths written.
  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  @discardableResult
  public static func write(
    _ result: CrossValidationResult, to folder: String
  ) throws(DataError) -> [String] {
    try write(result, ReportDocument(result), to: folder)
  }

  private static func write(
    _ value: some Encodable, _ document: ReportDocument, to folder: String
  ) throws(DataError) -> [String] {
    let folder = ReportFolder(folder)
    return [
      try folder.write(json: value, to: "report.json"),
      try folder.write(MarkdownRenderer().render(document), to: "report.md"),
    ]
  }
}

/// A folder that a report goes to; it and folders in it are made where they are missing.
struct ReportFolder {
  private let folder: String

  init(_ folder: String) { self.folder = folder }

  func path(_ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Writes a file of text, whole or not at all.
  /// - Returns: its path.
  func write(_ text: String, to name: String) throws(DataError) -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file of JSON, whole or not at all.
  /// - Returns: its path.
  func write(json value: some Encodable, to name: String) throws(DataError) -> String {
    let bytes: [UInt8]
    do {
      bytes = try StableJSON.encode(value)
    } catch {
      throw DataError(
        .noOutput, file: path(name), problem: "cannot be made: \(error)",
        remedy: "a score is not finite; report this with the command that made it")
    }
    return try write(bytes, to: name)
  }

  private func write(_ bytes: [UInt8], to name: String) throws(DataError) -> String {
    let path = path(name)
    let parent = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw DataError(
        .noOutput, file: parent, problem: "is no folder and cannot be made one",
        remedy: "name a folder that may be written")
    }
    try WholeFile.write(bytes, to: path)
    return path
  }
}
