import Foundation

/// The repository's own folder.
public let repository: URL = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// What a program said and how it ended.
public struct ToolResult: Sendable {
  public let status: Int32
  public let output: String
  public let errors: String
}

/// Runs the tools as a user does, beside the running tests in the build folder.
public enum Tool {
  /// Where SwiftPM put the executables: the folder of the test bundle.
  public static let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  /// Runs `flowmeter` with `arguments`.
  public static func flowmeter(
    _ arguments: [String], in directory: URL? = nil, input: String? = nil
  ) throws -> ToolResult {
    try run(folder.appending(path: "flowmeter"), arguments, in: directory, input: input)
  }

  /// Runs a shell script with the tools on the path.
  public static func shell(_ script: String, in directory: URL) throws -> ToolResult {
    try run(
      URL(filePath: "/bin/bash"), ["-euo", "pipefail", "-c", script], in: directory, input: nil)
  }

  /// Runs any program; its output goes through files, so that a full pipe can't stop it.
  public static func run(
    _ program: URL, _ arguments: [String], in directory: URL?, input: String?
  ) throws -> ToolResult {
    let scratch = try TemporaryFolder()
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory ?? scratch.url
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = "\(folder.path):\(environment["PATH"] ?? "/usr/bin:/bin")"
    process.environment = environment
    process.standardInput = try FileHandle(forReadingFrom: scratch.file("in", input ?? ""))
    let (output, errors) = (try scratch.file("out", ""), try scratch.file("err", ""))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return ToolResult(
      status: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}

/// A folder of its own for one test, removed when the test is done with it.
public final class TemporaryFolder: Sendable {
  public let url: URL

  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "flowmeter-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A file in the folder with the given content.
  public func file(_ name: String, _ content: some StringProtocol) throws -> URL {
    try file(name, bytes: Array(content.utf8))
  }

  /// A file in the folder with the given bytes.
  public func file(_ name: String, bytes: [UInt8]) throws -> URL {
    let file = url.appending(path: name)
    try Data(bytes).write(to: file)
    return file
  }
}
