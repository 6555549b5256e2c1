import FeatureTables
import Foundation

/// The versioned JSON form of a model, the only way in which one enters or leaves the program.
///
/// `Notebooks-free-docs/model-format.md` describes it member by member.
public struct ModelDocument: Sendable, Equatable {
  /// The value of the first member, `format`.
  public static let format = "flowmeter-model"
  /// The latest version that is written: a document has the first version that knows all that is in
  /// it. Any minor version of the same major version is read.
  public static let currentVersion = "1.2"

  /// What the document describes, checked whole.
  public let model: Model
  /// The version that the document says it has.
  public let version: String
  /// SHA-256 of the document up to the member `digest`, in hexadecimal; nil where it has none.
  public let digest: String?

  /// Reads a document from a file, plain or gzip; `-` is standard input.
  /// - Throws: `DataError`: no such file, not a model document, another major version, or
  ///   anything in it that does not fit, with its path in the document.
  public init(
    path: String, limits: ModelLimits = ModelLimits(), parallel: Parallel = Parallel()
  ) throws(DataError) {
    var source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    while let chunk = try source.next() {
      bytes.append(contentsOf: chunk)
      guard bytes.count <= limits.bytes else {
        throw DataError(
          file: path, problem: "is larger than \(limits.bytes) bytes, too large for a model",
          remedy: "check that it is a model document; 'flowmeter inspect' says what a file is")
      }
    }
    try self.init(bytes, file: path, limits: limits, parallel: parallel)
  }

  /// Reads a document from memory.
  /// - Parameter file: what to call it in errors.
  /// - Throws: `DataError` as for a file.
  public init(
    _ bytes: [UInt8], file: String, limits: ModelLimits = ModelLimits(),
    parallel: Parallel = Parallel()
  ) throws(DataError) {
    guard bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{")
    else { throw notAModel(file) }
    let document = try JSONDocument(
      bytes, file: file,
      remedy: "the file is damaged or was changed; take the original, or train the model again")
    version = try checkedVersion(document)
    digest = try document.checkedDigest(of: bytes)
    let reader = ModelReader(limits: limits, parallel: parallel)
    model = try reader.model(document.root)
  }

  /// The document of a model: the same bytes for the same model, always.
  /// - Throws: `DataError` where the model holds a number that is not finite, or a tree that is
  ///   deeper than a reader takes.
  public static func bytes(
    of model: Model, file: String = "model", parallel: Parallel = Parallel()
  ) throws(DataError) -> (bytes: [UInt8], digest: String) {
    var writer = JSONWriter()
    var digest = ""
    writer.object { writer in
      writer.member("format", .string(format))
      writer.member("format_version", .string(version(of: model)))
      model.write(to: &writer, parallel: parallel)
      digest = writer.writeDigest()
    }
    if let member = writer.nonfiniteMember {
      throw DataError(
        file: file, place: .path(member), problem: "the model holds a number that is not finite",
        remedy: "the training diverged: look for huge values in the features, or regularize more")
    }
    let limit = ModelLimits().treeDepth
    if model.estimator.trees.contains(where: { $0.depth > limit }) {
      throw DataError(
        file: file, place: .path("estimator.trees"),
        problem: "a tree is deeper than \(limit), which no reader takes",
        remedy: "bound the trees: --set depth=64")
    }
    return (writer.finish(), digest)
  }

  /// Writes the document of a model whole or not at all.
  /// - Returns: its digest.
  /// - Throws: `DataError` where the file cannot be made or the model holds a number that is not
  ///   finite.
  @discardableResult
  public static func write(
    _ model: Model, to path: String, parallel: Parallel = Parallel()
  ) throws(DataError) -> String {
    let (bytes, digest) = try bytes(of: model, file: path, parallel: parallel)
    try WholeFile.write(bytes, to: path)
    return digest
  }

  /// Calibration and what a threshold was measured to do came with 1.1, standard errors with 1.2.
  private static func version(of model: Model) -> String {
    if case .logisticRegression(let linear) = model.estimator.uncalibrated,
      linear.standardErrors != nil
    {
      return "1.2"
    }
    if case .calibrated = model.estimator { return "1.1" }
    return model.threshold.measured.isEmpty ? "1.0" : "1.1"
  }

  /// The JSON Schema (2020-12) of the documents, as text.
  public static var jsonSchema: String {
    guard let url = Bundle.module.url(forResource: "model.schema", withExtension: "json"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { preconditionFailure("the resource model.schema.json is not installed") }
    return text
  }
}

private func notAModel(_ file: String) -> DataError {
  DataError(
    file: file, problem: "is no model document",
    remedy: "'flowmeter train' writes one; 'flowmeter inspect' says what a file is")
}

/// The version, if it is one that this program reads.
private func checkedVersion(_ document: JSONDocument) throws(DataError) -> String {
  let root = document.root
  guard let format = try root.optional("format"), let name = try? format.string(),
    name == ModelDocument.format
  else { throw notAModel(document.file) }
  let element = try root.member("format_version")
  let version = try element.string()
  let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
  guard numbers.count == 2, let major = UInt16(numbers[0]), UInt16(numbers[1]) != nil else {
    throw element.failure("'\(version)' is no version such as \(ModelDocument.currentVersion)")
  }
  guard major == 1 else {
    throw element.failure(
      "the document has version \(version), and this program reads versions 1.x",
      remedy: major > 1
        ? "use a newer flowmeter, or have the model written in version 1 by the one that made it"
        : "train the model again with this flowmeter")
  }
  return version
}
