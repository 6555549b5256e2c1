import Foundation

/// The repository's own folder.
public let repository: URL = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// What a program said and how it ended.
public struct ToolResult: Sendable {
  /// The exit status, or the number of the signal that ended it.
  public let status: Int32
  /// All of standard output.
  public let output: String
  /// All of standard error.
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
    let standardInput = try scratch.file("in", input ?? "")
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: standardInput))
    let output = try scratch.file("out", "")
    let errors = try scratch.file("err", "")
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    try process.run()
    process.waitUntilExit()
    return ToolResult(
      status: process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}
