import FeatureTables
import TestSupport

/// Makes S2 blocks by the words of its description: where there is a choice, by lot.
struct S2Encoder {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  func block(_ content: [UInt8]) -> [UInt8] {
    var random = RandomGenerator(seed: seed)
    var block = CaptureBuilder.variableLength(content.count)
    var (position, literalStart, lastOffset) = (0, 0, 0)
    var places: [[UInt8]: Int] = [:]
    while position + 4 <= content.count {
      let key = Array(content[position..<position + 4])
      let earlier = places.updateValue(position, forKey: key)
      guard let place = earlier else {
        position += 1
        continue
      }
      block += literals(content[literalStart..<position], &random)
      var length = 4
      while position + length < content.count,
        content[place + length] == content[position + length]
      { length += 1 }
      block += copies(length, position - place, &lastOffset, &random)
      position += length
      literalStart = position
    }
    return block + literals(content[literalStart...], &random)
  }

  private func literals(_ bytes: ArraySlice<UInt8>, _ random: inout RandomGenerator) -> [UInt8] {
    guard !bytes.isEmpty else { return [] }
    let value = bytes.count - 1
    // 0 bytes of length up to 60, else as many as are needed, or more.
    let least = value < 60 ? 0 : value < 1 << 8 ? 1 : value < 1 << 16 ? 2 : 3
    let count = least + random.below(5 - least)
    guard count > 0 else { return [UInt8(value << 2)] + bytes }
    return [UInt8((59 + count) << 2)] + integer(value, bytes: count) + bytes
  }

  private func copies(
    _ length: Int, _ offset: Int, _ lastOffset: inout Int, _ random: inout RandomGenerator
  ) -> [UInt8] {
    var (tags, rest) = ([] as [UInt8], length)
    while rest > 0 {
      let part: Int
      if offset == lastOffset, rest >= 4, random.below(3) > 0 {
        part = rest
        tags += repetition(part)
      } else if offset < 2_048, rest >= 4, random.below(2) > 0 {
        part = min(rest, 11)
        tags += [UInt8((part - 4) << 2 | (offset >> 8) << 5 | 1), UInt8(offset & 255)]
      } else {
        part = min(rest, 1 + random.below(64))
        let isShort = offset < 65_536 && random.below(2) > 0
        tags.append(UInt8((part - 1) << 2 | (isShort ? 2 : 3)))
        tags += integer(offset, bytes: isShort ? 2 : 4)
      }
      lastOffset = offset
      rest -= part
    }
    return tags
  }

  /// The last offset again, for 4 bytes or more.
  private func repetition(_ length: Int) -> [UInt8] {
    switch length {
    case ...8: [UInt8((length - 4) << 2 | 1), 0]
    case ...263: [5 << 2 | 1, 0] + integer(length - 8, bytes: 1)
    case ...65_795: [6 << 2 | 1, 0] + integer(length - 260, bytes: 2)
    default: [7 << 2 | 1, 0] + integer(length - 65_540, bytes: 3)
    }
  }

  private func integer(_ value: Int, bytes count: Int) -> [UInt8] {
    (0..<count).map { UInt8(value >> (8 * $0) & 255) }
  }
}
