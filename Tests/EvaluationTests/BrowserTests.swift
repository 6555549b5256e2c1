import Evaluation
import Foundation
import Reports
import TestSupport
import Testing

/// The page of a report in a browser: it must be quiet and ask for nothing.
@Suite(
  .enabled(
    if: Browser.path != nil || ProcessInfo.processInfo.environment["CI"] != nil,
    "no Chromium is here (apt-get install chromium)"))
struct BrowserTests {
  /// What the browser made of a page, what it said, and what it asked for.
  private struct Visit {
    let document: String
    let messages: String
    let requests: [String]
  }

  private func visit(_ report: EvaluationReport, width: Int = 1_280) throws -> Visit {
    let folder = try TemporaryFolder()
    try ReportFiles.write(report, to: folder.path("out"))
    let path = folder.path("out/report.html")
    return try visit(path, in: folder, width: width)
  }

  private func visit(_ path: String, in folder: TemporaryFolder, width: Int) throws -> Visit {
    let browser = try #require(Browser.path, "no Chromium is here (apt-get install chromium)")
    let result = try Tool.run(
      URL(filePath: browser),
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
        "--user-data-dir=\(folder.path("profile"))", "--log-net-log=\(folder.path("net.json"))",
        "--window-size=\(width),900", "--timeout=20000", "--dump-dom", "file://\(path)",
      ], in: folder.url, input: nil)
    #expect(result.status == 0, "\(result.errors)")
    let log = String(decoding: try folder.bytes("net.json"), as: UTF8.self)
    return Visit(
      document: result.output, messages: result.errors, requests: BrowserTests.requests(in: log))
  }

  /// What a page asked for: the browser's own requests have no origin, and no line of the log has
  /// two requests.
  private static func requests(in log: String) -> [String] {
    log.split(separator: "\n").compactMap { line in
      guard line.contains("\"initiator\":\""), !line.contains("\"initiator\":\"not an origin\"")
      else { return nil }
      return line.components(separatedBy: "\"url\":\"").dropFirst().first.map {
        String($0.prefix { $0 != "\"" })
      }
    }
  }

  @Test(arguments: [["benign", "malicious"], SampleReports.fifteen])
  func thePageIsQuietAndAsksForNothing(classes: [String]) throws {
    let visit = try visit(SampleReports.report(classes: classes))
    #expect(!visit.messages.contains("CONSOLE"), "\(visit.messages)")
    let outside = visit.requests.filter { !$0.hasPrefix("file://") }
    #expect(outside.isEmpty, "\(outside)")
  }

  /// What the tests above look for would be seen.
  @Test func aPageThatAsksForSomethingIsSeen() throws {
    let folder = try TemporaryFolder()
    let page = try folder.file(
      "page.html",
      "<!DOCTYPE html><title>x</title><script>console.error('heard')</script>"
        + "<img alt='x' src='http://127.0.0.1:9/picture.png'>")
    let visit = try visit(page, in: folder, width: 800)
    #expect(visit.messages.contains("CONSOLE") && visit.messages.contains("heard"))
    #expect(visit.requests.contains { $0.hasPrefix("http://127.0.0.1:9/") })
  }

  @Test(arguments: [["benign", "malicious"], SampleReports.fifteen])
  func figuresCarryTextAlternatives(classes: [String]) throws {
    let document = try visit(SampleReports.report(classes: classes)).document
    let figures = document.components(separatedBy: "<svg").dropFirst()
    #expect(figures.count > 10)
    for figure in figures {
      let head = figure.prefix { $0 != ">" }
      #expect(head.contains("role=\"img\""))
      let labels = try #require(
        head.components(separatedBy: "aria-labelledby=\"").dropFirst().first)
      for label in labels.prefix(while: { $0 != "\"" }).split(separator: " ") {
        let text = try #require(
          figure.components(separatedBy: " id=\"\(label)\">").dropFirst().first)
        #expect(!text.hasPrefix("<"), "\(label) is empty")
      }
    }
  }
}

/// The browser of the machine.
enum Browser {
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(
      separator: ":")
    let names = ["chromium", "chromium-browser", "google-chrome"]
    return names.flatMap { name in folders.map { "\($0)/\(name)" } }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }()
}
