import Foundation
import TestSupport
import Testing

/// The commands that the documents show, run as a reader would type them.
struct DocumentTests {
  /// README and every page of the documents.
  static let pages: [String] = {
    let folder = repository.appending(path: "Notebooks-free-docs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return ["README.md"]
      + names.filter { $0.hasSuffix(".md") }.sorted().map { "Notebooks-free-docs/\($0)" }
  }()

  @Test func thereArePages() {
    #expect(DocumentTests.pages.count > 5)
  }

  /// A page's `sh` blocks run one after the other in a folder that holds `Datasets`.
  @Test(arguments: pages)
  func commandsRun(page: String) throws {
    let text = try String(contentsOf: repository.appending(path: page), encoding: .utf8)
    let commands = shellCommands(in: text)
    guard !commands.isEmpty else { return }
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "Datasets"),
      withDestinationURL: repository.appending(path: "Datasets"))
    let result = try Tool.shell(commands.joined(separator: "\n"), in: folder.url)
    #expect(result.status == 0, "\(page): \(result.errors)\n\(result.output)")
  }

  /// The lines of all `sh` blocks, without those that call `make`: these build what is running.
  private func shellCommands(in text: String) -> [String] {
    var commands: [String] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside = line == "```sh"
      } else if isInside, !line.hasPrefix("make") {
        commands.append(String(line))
      }
    }
    return commands
  }
}
