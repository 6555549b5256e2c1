import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

struct S2BlockTests {
  private static let limit = 1 << 20

  /// Content with long and short repetitions, some of them of one byte.
  private func content(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = RandomGenerator(seed: seed)
    var content: [UInt8] = []
    while content.count < count {
      if content.isEmpty || random.below(4) == 0 {
        content += (0..<1 + random.below(400)).map { _ in UInt8(random.below(256)) }
      } else {
        let offset = 1 + random.below(min(content.count, random.below(2) == 0 ? 8 : 70_000))
        for _ in 0..<1 + random.below(700) { content.append(content[content.count - offset]) }
      }
    }
    return Array(content.prefix(count))
  }

  @Test(arguments: 0..<30 as Range<UInt64>, [0, 1, 70, 5_000, 70_000])
  func blocksComeBack(seed: UInt64, count: Int) {
    let wanted = content(count, seed: seed)
    let decoded = S2Block.decode(S2Encoder(seed: seed).block(wanted), limit: S2BlockTests.limit)
    #expect(decoded.isWhole && decoded.content == wanted)
  }

  /// Every kind of tag with its numbers as the descriptions give them.
  @Test(
    arguments: [
      ([3, 2 << 2, 65, 66, 67], "ABC"),
      // Literals with 1 to 4 bytes of length.
      ([2, 60 << 2, 1, 65, 66], "AB"), ([2, 61 << 2, 1, 0, 65, 66], "AB"),
      ([2, 62 << 2, 1, 0, 0, 65, 66], "AB"), ([2, 63 << 2, 1, 0, 0, 0, 65, 66], "AB"),
      // Copies with offsets of 11, 16 and 32 bits; they may reach into what they write.
      ([7, 2 << 2, 65, 66, 67, 0x01, 3], "ABCABCA"),
      ([7, 1 << 2, 65, 66, 4 << 2 | 2, 2, 0], "ABABABA"),
      ([4, 0, 65, 2 << 2 | 3, 1, 0, 0, 0], "AAAA"),
      // The last offset again: for 4 bytes, for 8 and one more of a byte, 260 and two, 65,540 and three.
      ([13, 1 << 2, 65, 66, 2 << 2 | 2, 2, 0, 0x01, 0, 0x01, 0], "ABABABABABABA"),
      ([15, 1 << 2, 65, 66, 2 << 2 | 2, 2, 0, 5 << 2 | 1, 0, 2], "ABABABABABABABA"),
    ] as [([UInt8], String)])
  func tagsMeanWhatTheirDescriptionSays(block: [UInt8], text: String) {
    let decoded = S2Block.decode(block, limit: S2BlockTests.limit)
    #expect(decoded.isWhole && decoded.content == Array(text.utf8))
  }

  @Test func longRepetitions() {
    // 262 = 260 + 2 with two bytes, 65,545 = 65,540 + 5 with three.
    for (tag, extra, count) in [(6, [2, 0] as [UInt8], 262), (7, [5, 0, 0], 65_545)] {
      let head: [UInt8] = [0, 65, 0 << 2 | 2, 1, 0, UInt8(tag << 2 | 1), 0]
      let block = CaptureBuilder.variableLength(2 + count) + head + extra
      let decoded = S2Block.decode(block, limit: S2BlockTests.limit)
      #expect(decoded.isWhole && decoded.content == Array(repeating: 65, count: 2 + count))
    }
  }

  /// By python-snappy 0.7.3: `snappy.compress(b'abcabcabcabcabcabc, and abcabcabc again and again')`.
  @Test func blocksOfSnappy() {
    let block: [UInt8] = [
      49, 8, 97, 98, 99, 58, 3, 0, 20, 44, 32, 97, 110, 100, 32, 21, 21, 60, 32, 97, 103, 97, 105,
      110, 32, 97, 110, 100, 32, 97, 103, 97, 105, 110,
    ]
    let text = "abcabcabcabcabcabc, and abcabcabc again and again"
    let decoded = S2Block.decode(block, limit: 100)
    #expect(decoded.isWhole && decoded.content == Array(text.utf8))
  }

  @Test(
    arguments: [
      // A repetition of nothing, offsets of 0 and before the begin, more than was said.
      [4, 0x01, 0], [5, 0, 65, 2 << 2 | 2, 0, 0], [5, 0, 65, 2 << 2 | 2, 2, 0],
      [1, 1 << 2, 65, 66], [2, 0, 65, 2 << 2 | 2, 1, 0],
      // Less than was said, lengths that are cut, and no length at all.
      [9, 0, 65], [9, 60 << 2], [9, 0, 65, 2 << 2 | 2, 1], [], [0x80],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0],
    ] as [[UInt8]])
  func unsoundBlocksAreSaidToBe(block: [UInt8]) {
    #expect(!S2Block.decode(block, limit: S2BlockTests.limit).isWhole)
  }

  /// A length beyond the limit is not begun; the content is never longer than the length.
  @Test func sizesThatLie() {
    let long = CaptureBuilder.variableLength(1_000) + [0, 65, 7 << 2 | 1, 0, 255, 255, 255]
    #expect(S2Block.decode(long, limit: 999) == ([], false))
    #expect(S2Block.decode(long, limit: 1_000) == ([65], false))
  }

  @Test func cutsAndChangesNeverTrap() {
    let wanted = content(3_000, seed: 1)
    let block = S2Encoder(seed: 1).block(wanted)
    for length in 0..<block.count {
      let decoded = S2Block.decode(Array(block[..<length]), limit: S2BlockTests.limit)
      #expect(!decoded.isWhole && decoded.content == Array(wanted.prefix(decoded.content.count)))
    }
    var random = RandomGenerator(seed: 3)
    for _ in 0..<3_000 {
      var changed = block
      changed[random.below(block.count)] = UInt8(random.below(256))
      let decoded = S2Block.decode(changed, limit: S2BlockTests.limit)
      #expect(decoded.content.count <= S2BlockTests.limit)
    }
  }
}
