import FeatureTables
import Foundation
import TestSupport
import Testing

/// Content out of files, pipes and memory, plain and compressed.
struct ByteSourceTests {
  /// A form of compression, and what it makes of content.
  static let forms: [(name: String, compress: @Sendable ([UInt8]) -> [UInt8])] = [
    ("plain", { $0 }), ("gzip", { Compressed.gzip($0) }), ("zstd", { Compressed.zstd($0) }),
  ]

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: forms.indices, [0, 1, 999, 1_000, 1_001, 300_000])
  func contentComesBack(form: Int, count: Int) throws {
    let content = pattern(count)
    let stored = ByteSourceTests.forms[form].compress(content)
    let path = try folder.file("a", stored)
    var source = try ByteSource(path: path)
    #expect(try source.readAll() == content)
    #expect(source.storedDigest == Digest.hexadecimal(stored))
    var inMemory = try ByteSource(name: "memory", bytes: stored)
    #expect(try inMemory.readAll() == content)
    #expect(try inMemory.digestOfWholeFile() == Digest.hexadecimal(stored))
    #expect(inMemory.name == "memory")
  }

  @Test func toolsAreUnderstood() throws {
    for stored in [CompressedByTools.gzip, CompressedByTools.zstd] {
      var source = try ByteSource(name: "tool", bytes: stored)
      #expect(try source.readAll() == CompressedByTools.text)
    }
  }

  @Test(arguments: forms.indices, [1, 7, 100, 4_096, 1 << 17])
  func buffersOfAnySizeAreFilled(form: Int, size: Int) throws {
    let content = pattern(20_000)
    var source = try ByteSource(
      name: "a", bytes: ByteSourceTests.forms[form].compress(content), digesting: false)
    var buffer = [UInt8](repeating: 0, count: size + 3)
    var read: [UInt8] = []
    while true {
      let count = try source.read(into: &buffer, at: 3)
      guard count > 0 else { break }
      read += buffer[3..<3 + count]
    }
    #expect(read == content)
    #expect(buffer[..<3] == [0, 0, 0])
    #expect(try source.digestOfWholeFile() == nil)
  }

  /// Several members or frames, zeros behind gzip, and frames without content.
  @Test func streamsFollowEachOther() throws {
    let (one, two) = (pattern(5_000), pattern(77))
    let skipped = Compressed.zstdSkippable([0x1F, 0x8B, 8])
    let files = [
      Compressed.gzip(one) + Compressed.gzip(two),
      Compressed.gzip(one) + Compressed.gzip([]) + Compressed.gzip(two)
        + Array(repeating: 0, count: 700),
      Compressed.zstd(one) + Compressed.zstd(two),
      skipped + Compressed.zstd(one) + skipped + Compressed.zstd([]) + Compressed.zstd(two)
        + skipped,
    ]
    for file in files {
      var source = try ByteSource(name: "a", bytes: file)
      #expect(try source.readAll() == one + two)
    }
  }

  /// The digest of a file is that of all of it, however far it was read.
  @Test(arguments: forms.indices)
  func digestCoversWhatWasNotRead(form: Int) throws {
    let stored = ByteSourceTests.forms[form].compress(pattern(400_000))
    var buffer = [UInt8](repeating: 0, count: 10)
    var source = try ByteSource(path: try folder.file("a", stored))
    _ = try source.read(into: &buffer, at: 0)
    #expect(try source.digestOfWholeFile() == Digest.hexadecimal(stored))
  }

  @Test func firstBytesOfAPipeAreReadAgain() throws {
    let path = folder.path("pipe")
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let content = Compressed.gzip(pattern(3_000))
    let writer = Thread {
      let handle = FileHandle(forWritingAtPath: path)
      // In small pieces, as a slow writer does.
      for byte in content.prefix(20) { handle?.write(Data([byte])) }
      handle?.write(Data(content.dropFirst(20)))
    }
    writer.start()
    let head = try ByteSource.firstBytes(of: path)
    #expect(head.count >= 64 && head == Array(pattern(3_000).prefix(head.count)))
    var source = try ByteSource(path: path)
    #expect(try source.readAll() == pattern(3_000))
    #expect(source.storedDigest == Digest.hexadecimal(content))
  }

  @Test func whatCannotBeOpenedIsSaid() throws {
    let missing = #expect(throws: DataError.self) {
      _ = try ByteSource(path: folder.path("missing"))
    }
    #expect(missing?.exitCode == 66)
    let directory = folder.url.path
    let isFolder = #expect(throws: DataError.self) { _ = try ByteSource(path: directory) }
    #expect(isFolder?.problem == "is a folder, not a file")
  }
}

/// Bytes without a short period.
func pattern(_ count: Int) -> [UInt8] {
  var random = RandomGenerator(seed: 5)
  return (0..<count).map { _ in UInt8(random.below(256)) }
}
