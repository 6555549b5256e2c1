import FeatureTables

/// The trees of a fit that is not done yet, in a file from which the same fit can go on.
///
/// The trees are all that the fit remembers: margins follow from them, and what is random is drawn
/// anew for each tree from the seed and the tree's number.
package struct TreeCheckpoint: Sendable {
  /// The value of the first member, `format`.
  package static let format = "flowmeter-checkpoint"
  private static let version = "1.0"

  /// Which fit the trees are of.
  package let identity: FitIdentity
  /// The trees so far.
  package let trees: TreeEnsemble

  package init(identity: FitIdentity, trees: TreeEnsemble) {
    self.identity = identity
    self.trees = trees
  }

  /// Reads a checkpoint.
  /// - Throws: `DataError`: no such file, no checkpoint, damaged, or of another version.
  package init(
    path: String, limits: ModelLimits = ModelLimits(), parallel: Parallel
  ) throws(DataError) {
    var source = try ByteSource(path: path)
    let bytes = try source.readAll()
    let document = try JSONDocument(
      bytes, file: path,
      remedy: "the file is damaged or was changed; begin anew, without --resume")
    guard let format = try document.root.optional("format"), let name = try? format.string(),
      name == TreeCheckpoint.format
    else {
      throw DataError(
        file: path, problem: "is no checkpoint of a fit",
        remedy: "'flowmeter train --checkpoint' writes one; 'flowmeter inspect' says what a file is"
      )
    }
    let version = try document.root.member("format_version")
    guard try version.string() == TreeCheckpoint.version else {
      throw version.failure(
        "the checkpoint has another version than \(TreeCheckpoint.version)",
        remedy: "resume with the flowmeter that wrote it, or begin anew, without --resume")
    }
    guard try document.checkedDigest(of: bytes) != nil else {
      throw document.root.failure("the member 'digest' is missing")
    }
    identity = try FitIdentity(document.root.member("fit"))
    let combination = try document.root.member("combination")
    trees = try ModelReader(limits: limits, parallel: parallel).ensemble(
      document.root, try combination.named(TreeEnsemble.Combination.self),
      featureCount: try document.root.member("columns").integer(
        in: 0...limits.features * FeatureEncoding.categoryLimit),
      classCount: try document.root.member("classes").integer(in: 2...limits.classes))
  }

  /// Writes the checkpoint whole or not at all, in place of an earlier one.
  /// - Throws: `DataError` where the file cannot be made.
  package func write(to path: String, parallel: Parallel) throws(DataError) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("format", .string(TreeCheckpoint.format))
      writer.member("format_version", .string(TreeCheckpoint.version))
      writer.member("fit", object: identity.write)
      writer.member("columns", integer: trees.featureCount)
      writer.member("classes", integer: trees.classCount)
      writer.member("combination", .string(trees.combination.rawValue))
      trees.write(to: &writer, parallel: parallel)
      _ = writer.writeDigest()
    }
    if let member = writer.nonfiniteMember {
      throw DataError(
        file: path, place: .path(member), problem: "the trees hold a number that is not finite",
        remedy: "the training diverged: look for huge values in the features, or regularize more")
    }
    try WholeFile.write(writer.finish(), to: path)
  }

  /// SHA-256 of trees as they are written.
  package static func digest(of trees: TreeEnsemble, parallel: Parallel) -> String {
    var writer = JSONWriter()
    writer.object { trees.write(to: &$0, parallel: parallel) }
    return Digest.hexadecimal(writer.bytes)
  }
}
