/// Writes the features of rows alone as a NumPy file (`.npy`, version 1.0): float64, row by row.
///
/// The file appears whole, with the description of its columns beside it, or not at all.
package struct MatrixFileWriter: ~Copyable {
  private let schema: FeatureSchema
  private let writesNonfinite: Bool
  private var file: WholeFile
  private var rows = 0

  /// Bytes of the header. The count of rows goes into it at the end, whatever its digits.
  private static let headerSize = 128

  /// Whether a path names such a file.
  package static func isMatrix(_ path: String) -> Bool { path.hasSuffix(".npy") }

  /// - Parameter writesNonfinite: see `TableStyle`.
  /// - Throws: `DataError` of kind `noOutput` if the file cannot be made, or is a pipe: the count
  ///   of rows stands first and is known last.
  package init(
    path: String, schema: FeatureSchema, writesNonfinite: Bool
  ) throws(DataError) {
    self.schema = schema
    self.writesNonfinite = writesNonfinite
    let file = try WholeFile(path: path)
    guard !file.isStream else {
      throw DataError(
        .noOutput, file: path,
        problem: "cannot take a NumPy file, whose count of rows stands first",
        remedy: "name a file that can be read later")
    }
    try file.write([UInt8](repeating: 0, count: MatrixFileWriter.headerSize))
    self.file = file
  }

  /// Writes rows, one after the other in `values`.
  /// - Throws: `DataError` of kind `inputOutput`.
  package mutating func append(_ values: [Double]) throws(DataError) {
    let count = schema.features.count
    precondition(count > 0 && values.count % count == 0, "rows are whole")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 8)
    for value in values {
      let kept = value.isFinite || writesNonfinite ? value : Double.nan
      var bits = kept.bitPattern
      for _ in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
      }
    }
    try file.write(bytes)
    rows += values.count / count
  }

  /// Completes the file and writes the description beside it.
  /// - Throws: `DataError` of kind `inputOutput` or `noOutput`; no file is left then.
  package consuming func finish(metadata: TableMetadata) throws(DataError) {
    let text =
      "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows), \(schema.features.count)), }"
    // Magic, version and the length of what follows, which ends in a newline.
    let length = MatrixFileWriter.headerSize - 10
    var header: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length), 0]
    header += Array(text.utf8)
    header += Array(repeating: 0x20, count: MatrixFileWriter.headerSize - 1 - header.count)
    header.append(0x0A)
    try file.overwriteStart(header)
    try WholeFile.write(metadata.json(), to: TableMetadata.path(besides: file.path))
    try file.commit()
  }
}
