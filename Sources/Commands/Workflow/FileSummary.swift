import Evaluation
import FeatureExtraction
import FeatureTables
import Models
import Reports

/// What a file is, found out from its content.
enum FileSummary {
  case capture(CaptureDescription)
  case model(Model)
  case checkpoint(TreeCheckpoint)
  case evaluation(EvaluationResult)
  case crossValidation(CrossValidationResult)
  case table(TableDescription)

  /// - Throws: `DataError` where it is none of these.
  init(of path: String, limit: Int?, reading: TableReadingOptions) throws(DataError) {
    let head = try ByteSource.firstBytes(of: path)
    if CaptureDescription.isCapture(firstBytes: head) {
      self = .capture(try CaptureDescription(path: path, limit: limit))
    } else if FileSummary.isModel(head) {
      self = .model(try ModelDocument(path: path).model)
    } else if FileSummary.beginsWithObject(
      head, naming: "\"format\"", "\"\(TreeCheckpoint.format)\"")
    {
      self = .checkpoint(try TreeCheckpoint(path: path, parallel: Parallel()))
    } else if let report = FileSummary.report(path, head) {
      self = report
    } else {
      self = .table(try FlowTables.describe(path, options: reading, limit: limit))
    }
  }

  /// Whether a file that begins so is a model document.
  static func isModel(_ head: [UInt8]) -> Bool {
    beginsWithObject(head, naming: "\"format\"", "\"\(ModelDocument.format)\"")
  }

  private static func beginsWithObject(_ head: [UInt8], naming words: String...) -> Bool {
    guard head.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
    let text = String(decoding: head.prefix(65_536), as: UTF8.self)
    return words.allSatisfy(text.contains)
  }

  /// An evaluation or a cross-validation, if the file is one.
  private static func report(_ path: String, _ head: [UInt8]) -> FileSummary? {
    // Every score of an evaluation has a member, and they are sorted.
    guard beginsWithObject(head, naming: "\"accuracy\""),
      let bytes = try? WholeInput.bytes(of: path)
    else { return nil }
    if let result = try? StableJSON.decode(EvaluationResult.self, from: bytes) {
      return .evaluation(result)
    }
    return (try? StableJSON.decode(CrossValidationResult.self, from: bytes))
      .map { .crossValidation($0) }
  }
}

extension FileSummary: Encodable {
  private enum CodingKeys: String, CodingKey {
    case kind, capture, model, table, evaluation, checkpoint
    case crossValidation = "cross_validation"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .capture(let description):
      try container.encode("capture", forKey: .kind)
      try container.encode(description, forKey: .capture)
    case .model(let model):
      try container.encode("model", forKey: .kind)
      try container.encode(ModelSummary(model), forKey: .model)
    case .checkpoint(let checkpoint):
      try container.encode("checkpoint", forKey: .kind)
      try container.encode(CheckpointSummary(checkpoint), forKey: .checkpoint)
    case .evaluation(let result):
      try container.encode("evaluation", forKey: .kind)
      try container.encode(result, forKey: .evaluation)
    case .crossValidation(let result):
      try container.encode("cross-validation", forKey: .kind)
      try container.encode(result, forKey: .crossValidation)
    case .table(let description):
      try container.encode("table", forKey: .kind)
      try container.encode(description, forKey: .table)
    }
  }

  /// For a person.
  var text: String {
    switch self {
    case .capture(let description): description.text + "\n"
    case .model(let model): ModelSummary(model).text + "\n"
    case .checkpoint(let checkpoint): CheckpointSummary(checkpoint).text + "\n"
    case .evaluation(let result): result.text
    case .crossValidation(let result): result.text
    case .table(let description): description.text + "\n"
    }
  }
}

/// All of a small file.
enum WholeInput {
  static func bytes(of path: String) throws(DataError) -> [UInt8] {
    var source = try ByteSource(path: path)
    return try source.readAll()
  }
}

extension CaptureDescription {
  /// For a person.
  var text: String {
    var lines = [
      "\(file): capture (\(container.rawValue)), link type \(linkType)",
      "packets: \(packets) in \(bytes) bytes",
    ]
    if let firstTime, let lastTime { lines.append("time: \(firstTime) to \(lastTime)") }
    lines.append("ended: \(ended.state.rawValue)" + (ended.reason.map { " (\($0))" } ?? ""))
    return lines.joined(separator: "\n")
  }
}
