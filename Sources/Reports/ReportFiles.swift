import Evaluation
import FeatureTables
import Foundation

/// A report as files in a folder: `report.json` with every number and `report.md` for people.
public enum ReportFiles {
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
    let json = path("report.json", in: folder)
    let markdown = path("report.md", in: folder)
    let bytes: [UInt8]
    do {
      bytes = try StableJSON.encode(value)
    } catch {
      throw DataError(
        .noOutput, file: json, problem: "cannot be made: \(error)",
        remedy: "a score is not finite; report this with the command that made it")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw DataError(
        .noOutput, file: folder, problem: "is no folder and cannot be made one",
        remedy: "name a folder that may be written")
    }
    try WholeFile.write(bytes, to: json)
    try WholeFile.write(Array(MarkdownRenderer().render(document).utf8), to: markdown)
    return [json, markdown]
  }

  private static func path(_ name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
