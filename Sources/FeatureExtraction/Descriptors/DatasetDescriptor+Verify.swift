import FeatureTables
import Foundation

extension DatasetDescriptor {
  /// Compares the files in a folder, and in the folders within, with this descriptor: sizes,
  /// digests and rows, where they are known. Files may be compressed by gzip or zstd.
  /// - Throws: `DataError` of kind `noInput` for a folder that is not there or holds no file of
  ///   the set; as `ByteSource` while reading.
  public func verify(_ folder: String) throws(DataError) -> DatasetVerification {
    let paths = try regularFiles(in: folder)
    var results: [DatasetVerification.FileResult] = []
    var missing: [String] = []
    var sums: [String] = []
    var remaining = paths
    for entry in files {
      let matches = remaining.filter { entry.matches($0) }
      remaining.removeAll { matches.contains($0) }
      if matches.count < entry.count ?? 1 { missing.append(entry.pattern) }
      var found: [DatasetVerification.FileResult] = []
      for path in matches { found.append(try compare(path, in: folder, with: entry)) }
      results += found
      if let difference = entry.differenceOfSum(found) { sums.append(difference) }
    }
    guard !results.isEmpty else {
      throw DataError(
        .noInput, file: folder, problem: "holds no file of \(title)",
        remedy: "expected names: " + files.prefix(4).map(\.pattern).joined(separator: ", "))
    }
    return DatasetVerification(dataset: name, files: results, missing: missing, sums: sums)
  }

  private func regularFiles(in folder: String) throws(DataError) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else {
      throw DataError(
        .noInput, file: folder, problem: "is not a folder that can be read",
        remedy: "name the folder that the files were unpacked into")
    }
    var paths: [String] = []
    while let path = walk.nextObject() as? String {
      let type = walk.fileAttributes?[.type] as? FileAttributeType
      if type == .typeRegular || type == .typeSymbolicLink { paths.append(path) }
    }
    return paths.sorted()
  }

  private func compare(
    _ path: String, in folder: String, with entry: DatasetFile
  ) throws(DataError) -> DatasetVerification.FileResult {
    let whole = folder + "/" + path
    guard entry.rows != nil || entry.sha256 != nil || entry.bytes != nil else {
      return DatasetVerification.FileResult(file: path, rows: nil, sha256: nil, difference: nil)
    }
    var source = try ByteSource(path: whole)
    var counter = RowCounter(headless: entry.headless ?? false)
    while let bytes = try source.next() { if entry.rows != nil { counter.count(bytes) } }
    let rows = entry.rows == nil ? nil : counter.finish()
    let digest = source.storedDigest
    // What is known is known of the file as published, not of one compressed since.
    let isAsPublished = !source.isCompressed || entry.isPublishedCompressed
    let difference =
      (isAsPublished ? differenceOfBytes(path, whole, digest, entry) : nil)
      ?? differenceOfRows(path, rows, entry)
    return DatasetVerification.FileResult(
      file: path, rows: rows, sha256: digest, difference: difference)
  }

  private func differenceOfBytes(
    _ path: String, _ whole: String, _ digest: String, _ entry: DatasetFile
  ) -> String? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: whole)
    if let expected = entry.bytes, let size = attributes?[.size] as? UInt64, size != expected {
      return "\(path): has \(size) bytes, \(expected) expected"
    }
    if let expected = entry.sha256, !digest.hasPrefix(expected) {
      return "\(path): has SHA-256 \(digest), \(expected) expected"
    }
    return nil
  }

  private func differenceOfRows(_ path: String, _ rows: Int?, _ entry: DatasetFile) -> String? {
    guard let rows, let expected = entry.rows, entry.count == nil, rows != expected else {
      return nil
    }
    if let other = files.first(where: { $0.rows == rows && $0.form == entry.form }) {
      return "\(path): has the \(withThousands(rows)) rows of \(other.pattern), not its own "
        + "\(withThousands(expected)): the names are swapped in this copy; go by the number of rows"
    }
    return "\(path): has \(withThousands(rows)) rows, \(withThousands(expected)) expected"
  }
}

extension DatasetFile {
  private static let compressedSuffixes = [".gz", ".zst"]

  /// Whether the owner gives it away compressed by gzip or zstd.
  fileprivate var isPublishedCompressed: Bool {
    DatasetFile.compressedSuffixes.contains { pattern.lowercased().hasSuffix($0) }
  }

  /// Whether the last part of a path matches the pattern, in any case, with or without the suffix
  /// that a compression adds.
  fileprivate func matches(_ path: String) -> Bool {
    let name = (path as NSString).lastPathComponent.lowercased()
    let pattern = pattern.lowercased()
    return ([""] + DatasetFile.compressedSuffixes).contains { wildcardMatch(name, pattern + $0) }
  }

  fileprivate func differenceOfSum(_ found: [DatasetVerification.FileResult]) -> String? {
    guard let count, let expected = rows, found.count == count else { return nil }
    let sum = found.reduce(0) { $0 + ($1.rows ?? 0) }
    guard sum != expected else { return nil }
    return "\(pattern): \(count) files have \(withThousands(sum)) rows together, "
      + "\(withThousands(expected)) expected"
  }
}

/// Whether `text` is `pattern`, in which `*` stands for any characters.
private func wildcardMatch(_ text: String, _ pattern: String) -> Bool {
  let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
  guard parts.count > 1, let head = parts.first, let tail = parts.last else {
    return text == pattern
  }
  guard text.hasPrefix(head), text.hasSuffix(tail), text.count >= head.count + tail.count else {
    return false
  }
  var rest = text.dropFirst(head.count).dropLast(tail.count)
  for part in parts.dropFirst().dropLast() where !part.isEmpty {
    guard let found = rest.range(of: String(part)) else { return false }
    rest = rest[found.upperBound...]
  }
  return true
}
