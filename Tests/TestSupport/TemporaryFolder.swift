import Foundation

/// A folder that is there for one test and gone after it.
public final class TemporaryFolder: Sendable {
  /// Where the folder is.
  public let url: URL

  /// Makes a folder of its own among the temporary files of the system.
  /// - Throws: where it cannot be made.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "flowmeter-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in the folder, whether it is there or not.
  public func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file, in folders below where the name says so, and gives its path.
  @discardableResult
  public func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return path(name)
  }

  /// Writes a file of text and gives its path.
  @discardableResult
  public func file(_ name: String, _ text: String) throws -> String {
    try file(name, text.utf8)
  }

  /// All bytes of a file in the folder.
  /// - Throws: where it is not there.
  public func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appending(path: name)))
  }

  /// The names of all files in the folder, sorted.
  public func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }
}
