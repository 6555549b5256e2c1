import FeatureTables
import Models

/// Documents of the sample models, as text to tamper with.
enum SampleDocuments {
  static func text(_ model: Model) throws -> String {
    String(decoding: try ModelDocument.bytes(of: model).bytes, as: UTF8.self)
  }

  /// Without its digest, so that a change is judged by what it means.
  static func undigested(_ model: Model) throws -> String {
    let text = try text(model)
    guard let digest = text.range(of: ",\n  \"digest\"") else { return text }
    return text[..<digest.lowerBound] + "\n}\n"
  }

  static func read(_ text: String) throws(DataError) -> ModelDocument {
    try ModelDocument(Array(text.utf8), file: "model.json")
  }
}

extension StringProtocol {
  /// The first place where `part` stands.
  func range(of part: String) -> Range<Index>? { firstRange(of: part) }
}
