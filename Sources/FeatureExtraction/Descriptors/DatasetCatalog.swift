import FeatureTables
import Foundation

/// The descriptors that come with the program: one JSON file a set, `descriptor-NAME.json`.
public enum DatasetCatalog {
  /// All descriptors, by name.
  /// - Throws: `DataError` where the files that belong to the program are missing or damaged.
  public static var all: [DatasetDescriptor] {
    get throws(DataError) { try load(from: Bundle.module.resourceURL ?? Bundle.module.bundleURL) }
  }

  /// The descriptor called `name`, in any case.
  /// - Throws: `DataError` of kind `usage` that suggests the nearest name; as `all`.
  public static func named(_ name: String) throws(DataError) -> DatasetDescriptor {
    let descriptors = try all
    let wanted = name.lowercased()
    if let found = descriptors.first(where: { $0.name == wanted }) { return found }
    // A part of a name is nearer than anything spelled alike.
    func distance(_ candidate: String) -> (Int, Int, String) {
      (candidate.contains(wanted) ? 0 : 1, editDistance(candidate, wanted), candidate)
    }
    let nearest = descriptors.map(\.name).min { distance($0) < distance($1) }
    throw DataError(
      .usage, file: name, problem: "is no data set that is described here",
      remedy: "did you mean '\(nearest ?? "")'? All: "
        + descriptors.map(\.name).joined(separator: ", "))
  }

  /// The descriptors in a folder, by name.
  /// - Throws: `DataError` of kind `noInput` where there is none, of kind `badData` where one
  ///   cannot be read or is not named after its file.
  package static func load(from folder: URL) throws(DataError) -> [DatasetDescriptor] {
    let names =
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasPrefix("descriptor-") && $0.hasSuffix(".json") }
    guard !names.isEmpty else {
      throw DataError(
        .noInput, file: folder.path, problem: "holds no data-set descriptors",
        remedy: "install the program again with its resources")
    }
    var descriptors: [DatasetDescriptor] = []
    for name in names { descriptors.append(try read(folder.appending(path: name))) }
    return descriptors.sorted { $0.name < $1.name }
  }

  private static func read(_ file: URL) throws(DataError) -> DatasetDescriptor {
    var source = try ByteSource(path: file.path)
    let bytes = try source.readAll()
    let descriptor: DatasetDescriptor
    do {
      descriptor = try JSONDecoder().decode(DatasetDescriptor.self, from: Data(bytes))
    } catch {
      throw DataError(
        file: file.path, problem: "is not a data-set descriptor: \(error)",
        remedy: "install the program again with its resources")
    }
    guard file.lastPathComponent == "descriptor-\(descriptor.name).json" else {
      throw DataError(
        file: file.path, place: .path("name"), problem: "is '\(descriptor.name)'",
        remedy: "name the file descriptor-\(descriptor.name).json")
    }
    return descriptor
  }
}

/// The fewest characters to insert, remove or replace to make one text of the other
/// (Levenshtein). O(left times right).
private func editDistance(_ left: String, _ right: String) -> Int {
  let right = Array(right.utf8)
  var distances = Array(0...right.count)
  for (row, character) in left.utf8.enumerated() {
    var diagonal = distances[0]
    distances[0] = row + 1
    for column in right.indices {
      let replaced = diagonal + (right[column] == character ? 0 : 1)
      diagonal = distances[column + 1]
      distances[column + 1] = min(replaced, diagonal + 1, distances[column] + 1)
    }
  }
  return distances[right.count]
}
