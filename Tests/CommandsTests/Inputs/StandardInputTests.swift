import Foundation
import TestSupport
import Testing

/// The same packets on standard input give the rows of the file, byte for byte but for the column
/// `capture`.
struct StandardInputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func rows(_ input: String, _ set: String) throws -> [String] {
    let result = try Tool.shell(
      "flowmeter extract \(input) --features \(set) --quiet", in: folder.url)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let header = try #require(lines.first).split(separator: ",")
    let column = try #require(header.firstIndex(of: "capture"))
    // No name here has a comma or a quote.
    return lines.dropFirst().map { line in
      var cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells[column] == (input.contains("- <") ? "-" : "plain.pcap"))
      cells.remove(at: column)
      return cells.joined(separator: ",")
    }
  }

  @Test(arguments: ["flowmeter2", "flowmeter", "cic", "cic2017-compat"])
  func rowsAreThoseOfTheFile(set: String) throws {
    let recording = repository.appending(path: "Datasets/bundled/recording-a.pcap")
    let bytes = Array(try Data(contentsOf: recording))
    try folder.file("plain.pcap", bytes)
    try folder.file("form.gz", Compressed.gzip(bytes))
    try folder.file("form.zst", Compressed.zstd(bytes))
    let expected = try rows("plain.pcap", set)
    #expect(expected.count > 100)
    for input in [
      // A file, and pipes that hand on a few bytes at a time or as many as they hold.
      "- < plain.pcap", "- < form.gz", "- < form.zst", "- < <(cat plain.pcap)",
      "- < <(dd if=form.gz bs=777 status=none)", "- < <(cat form.zst)",
      "- < <(gzip -c plain.pcap)",
    ] {
      #expect(try rows(input, set) == expected, "\(input)")
    }
  }

  /// Blocks, the other byte order and nanoseconds, of packets at whole microseconds.
  @Test func otherContainers() throws {
    let capture = SmallCaptures.capture(flows: 40, payload: 60)
    try folder.file("plain.pcap", capture.pcap())
    let expected = try rows("plain.pcap", "flowmeter2")
    #expect(expected.count == 40)
    for bytes in [
      capture.pcapng(), capture.pcapng(bigEndian: true), capture.pcap(bigEndian: true),
      capture.pcap(nanoseconds: true), Compressed.gzip(capture.pcapng()),
    ] {
      try folder.file("form", bytes)
      #expect(try rows("- < form", "flowmeter2") == expected)
      #expect(try rows("- < <(cat form)", "flowmeter2") == expected)
    }
  }
}
