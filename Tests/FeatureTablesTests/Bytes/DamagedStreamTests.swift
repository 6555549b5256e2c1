import FeatureTables
import TestSupport
import Testing

/// Compressed streams that are cut, changed, or lie about themselves.
struct DamagedStreamTests {
  static let blockSize = 100
  static let forms: [@Sendable ([UInt8]) -> [UInt8]] = [
    { Compressed.gzip($0, blockSize: blockSize) }, { Compressed.zstd($0, blockSize: blockSize) },
  ]

  /// Whatever the place of the cut, everything that is there is handed on before the error.
  @Test(arguments: forms.indices)
  func everyCutKeepsWhatIsThere(form: Int) throws {
    let content = pattern(1_050)
    let stored = DamagedStreamTests.forms[form](content)
    for length in 4..<stored.count {
      let (read, error) = try readUntilError(Array(stored[..<length]))
      #expect(read == Array(content.prefix(read.count)))
      // Block headers take at most 5 bytes, the header of the stream and its end at most 18.
      let wholeBlocks = (length - 18) / (DamagedStreamTests.blockSize + 5)
      #expect(read.count >= wholeBlocks * DamagedStreamTests.blockSize, "cut at \(length)")
      #expect(error?.exitCode == 65 && error?.problem.contains("ends before its end") == true)
    }
  }

  @Test(arguments: forms.indices)
  func damageKeepsWhatIsBefore(form: Int) throws {
    let content = pattern(1_050)
    var stored = DamagedStreamTests.forms[form](content)
    // The header of the sixth block: a type that does not exist.
    let header = form == 0 ? 10 + 5 * 105 : 6 + 5 * 103
    stored[header] = 0xFE
    let (read, error) = try readUntilError(stored)
    #expect(read == Array(content.prefix(500)))
    #expect(error?.problem.contains("damaged at stored byte 5") == true)
    #expect(error?.remedy.contains("-t") == true)
  }

  @Test func checksumIsChecked() throws {
    let content = pattern(500)
    var stored = Compressed.gzip(content)
    stored[stored.count - 5] ^= 1
    let (read, error) = try readUntilError(stored)
    #expect(read == content)
    #expect(error?.problem.contains("incorrect data check") == true)
  }

  @Test func whatFollowsGzipMustBeGzip() throws {
    let content = pattern(500)
    for tail in [[1, 2, 3], [0, 0, 7], Array("BZh9".utf8)] as [[UInt8]] {
      let (read, error) = try readUntilError(Compressed.gzip(content) + tail)
      #expect(read == content)
      #expect(error?.problem.contains("damaged at stored byte") == true)
    }
  }

  @Test(arguments: [1, 499, 501, 1 << 40])
  func contentSizesThatLie(size: UInt64) throws {
    let (read, error) = try readUntilError(Compressed.zstd(pattern(500), contentSize: size))
    #expect(read == Array(pattern(500).prefix(read.count)))
    #expect(error?.exitCode == 65)
  }

  /// A window of 2 TiB is not made.
  @Test func windowsThatLie() throws {
    let stored = Compressed.zstd(pattern(500), windowExponent: 31)
    let (read, error) = try readUntilError(stored)
    #expect(read.isEmpty)
    #expect(error?.problem.contains("'zstd -d --long=31'") == true)
  }

  /// Content of a gigabyte in some kilobytes comes in pieces of the size that was asked for.
  @Test func bombsComeInPieces() throws {
    let blocks = 8_192
    let zeros = 1 + 258 * (1 + 8 * 50_000)
    let bombs = [
      (Compressed.zstdBomb(7, count: blocks), blocks << 17),
      (Compressed.gzipBomb(count: 50_000), zeros),
    ]
    for (bomb, size) in bombs {
      var source = try ByteSource(name: "bomb", bytes: bomb, digesting: false)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      var total = 0
      while let count = try? source.read(into: &buffer, at: 0), count > 0 { total += count }
      #expect(bomb.count < 700_000 && total == size)
      var again = try ByteSource(name: "bomb", bytes: bomb, digesting: false)
      let chunk = try again.next()
      #expect(chunk.map { $0.count <= 1 << 20 } == true)
    }
  }

  @Test(arguments: 0..<200)
  func changedBytesNeverTrap(seed: UInt64) throws {
    var random = RandomGenerator(seed: seed)
    var stored = seed % 2 == 0 ? CompressedByTools.gzip : CompressedByTools.zstd
    for _ in 0..<1 + random.below(5) {
      stored[4 + random.below(stored.count - 4)] = UInt8(random.below(256))
    }
    _ = try readUntilError(stored)
  }

  private func readUntilError(_ stored: [UInt8]) throws -> ([UInt8], DataError?) {
    var source = try ByteSource(name: "a", bytes: stored)
    var content: [UInt8] = []
    do throws(DataError) {
      while let chunk = try source.next() { content += chunk }
      return (content, nil)
    } catch {
      // The same again, and not what lies behind the damage.
      #expect(throws: error) { _ = try source.next() }
      return (content, error)
    }
  }
}
