import FeatureTables
import Models

extension FitIdentity {
  /// SHA-256 of everything about rows that a fit can depend on.
  static func digest(
    of matrix: FeatureMatrix, labels: Labels, validation: ValidationRows?, parallel: Parallel
  ) -> String {
    var digest = Digest()
    digest.update(rowDigest(of: matrix, labels: labels, parallel: parallel).utf8)
    if let validation {
      digest.update(
        rowDigest(of: validation.matrix, labels: validation.labels, parallel: parallel).utf8)
    }
    return digest.finalize()
  }

  private static func rowDigest(
    of matrix: FeatureMatrix, labels: Labels, parallel: Parallel
  ) -> String {
    var digest = Digest()
    // A name ends with a zero, so that two lists of names differ wherever their names do.
    for name in matrix.schema.features.map(\.name) + labels.classes {
      digest.update(Array(name.utf8) + [0])
    }
    let columns = parallel.map(matrix.columnCount) { index in
      // Safe: the bytes are read while the column lives.
      unsafe matrix.column(index).withUnsafeBytes { unsafe Digest.hexadecimal($0) }
    }
    for column in columns { digest.update(column.utf8) }
    unsafe labels.codes.withUnsafeBytes { unsafe digest.update($0) }
    return digest.finalize()
  }
}
