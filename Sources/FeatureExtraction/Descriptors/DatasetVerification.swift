import FeatureTables

/// What a folder holds of a data set, compared with what its descriptor says.
public struct DatasetVerification: Sendable, Equatable, Codable {
  /// One file of the set that is there.
  public struct FileResult: Sendable, Equatable, Codable {
    /// Relative to the folder.
    public let file: String
    /// Data rows; nil where the descriptor has no number to compare with.
    public let rows: Int?
    /// Of the file as stored; nil where the descriptor has neither rows, a size nor a digest to
    /// compare with.
    public let sha256: String?
    /// A sentence; nil where all that is known agrees.
    public let difference: String?
  }

  /// The name of the data set.
  public let dataset: String
  /// In the order of the descriptor, then by name.
  public let files: [FileResult]
  /// Patterns of the descriptor that no file, or too few, match. Not a difference: few users
  /// keep a whole set.
  public let missing: [String]
  /// Differences that no single file is to blame for.
  public let sums: [String]

  /// The first difference in the order of the descriptor, or nil where there is none.
  public var firstDifference: String? { files.lazy.compactMap(\.difference).first ?? sums.first }

  /// For a person: a line a file, then what is missing, then the verdict.
  public var text: String {
    var lines = files.map { result in
      "\(result.difference == nil ? "ok      " : "differs ") \(result.file)"
        + (result.rows.map { "  \(withThousands($0)) rows" } ?? "")
    }
    if !missing.isEmpty { lines.append("not there: " + missing.joined(separator: ", ")) }
    lines.append(firstDifference ?? "\(dataset): all that is known about these files agrees")
    return lines.joined(separator: "\n") + "\n"
  }
}
