import FeatureTables
import Foundation

/// What extraction needs of the command line.
enum ExtractionWorkflow {
  /// The names in a list, one a line; blank lines are skipped.
  static func names(in list: String) throws(DataError) -> [String] {
    var source = try ByteSource(path: list)
    let text = String(decoding: try source.readAll(), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}
