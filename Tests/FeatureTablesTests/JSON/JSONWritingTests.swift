import FeatureTables
import Testing

/// The edges of Double, and values that readers get wrong: halfway cases, 2^53 and around, the
/// largest denormal, numbers that need 17 digits.
private let difficult: [Double] = [
  0, -0.0, 1, -1, 0x1p-1074, -0x1p-1074, .leastNormalMagnitude.nextDown, .leastNormalMagnitude,
  .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0.1, 1 / 3, 9_007_199_254_740_991,
  9_007_199_254_740_992, 9_007_199_254_740_994, 1e22, 1e23, 8.5e22, 123_456_789_012_345_680, 1e16,
  0.1 + 0.2, .pi, 4.35, 2.5e-5, 1e-7,
]

private func text(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
  var writer = JSONWriter()
  body(&writer)
  return writer.finish()
}

private func document(_ bytes: [UInt8]) throws -> JSONElement {
  try JSONDocument(bytes, file: "test.json", remedy: "").root
}

@Test func numbersComeBackBitForBit() throws {
  var random = RandomGenerator(seed: 7)
  var values = difficult
  while values.count < 20_000 {
    let value = Double(bitPattern: random.next())
    if value.isFinite { values.append(value) }
  }
  let read = try document(text { $0.numbers(values) }).doubles()
  #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
  for value in difficult {
    #expect(try document(text { $0.number(value) }).double().bitPattern == value.bitPattern)
  }
}

@Test func singlePrecisionComesBackBitForBit() throws {
  var random = RandomGenerator(seed: 8)
  var values: [Float] = [
    0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1, 16_777_216, 0.5,
  ]
  while values.count < 20_000 {
    let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
    if value.isFinite { values.append(value) }
  }
  let read = try document(text { $0.numbers(values) }).floats()
  #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
}

/// Decimals as other programs write them, against the standard library's reading.
@Test func readsAnyDecimalAsTheNearestDouble() throws {
  var random = RandomGenerator(seed: 9)
  for _ in 0..<20_000 {
    let digits = (0...random.below(22)).map { _ in String(random.below(10)) }.joined()
    let exponent = random.below(60) - 30
    let spelled = "\(1 + random.below(9))\(digits).\(random.below(1000))e\(exponent)"
    #expect(try document(Array(spelled.utf8)).double() == Double(spelled))
  }
}

/// Decimals that lie on, or a hair beside, the middle between two Doubles.
@Test func roundsHalfwayCasesToEven() throws {
  var random = RandomGenerator(seed: 10)
  for _ in 0..<5_000 {
    // An odd number of 54 bits over a power of two has a finite decimal of few digits.
    let shift = 1 + random.below(9)
    let odd = (1 << 53 | UInt64(random.below(1 << 53))) | 1
    let fraction = (1...shift).reduce((odd % (1 << UInt64(shift)), "")) { state, _ in
      let next = state.0 * 10
      return (next % (1 << UInt64(shift)), state.1 + String(next >> UInt64(shift)))
    }.1
    for tail in ["", "0", "1"] {
      let spelled = "\(odd >> UInt64(shift)).\(fraction)\(tail)"
      #expect(try document(Array(spelled.utf8)).double() == Double(spelled), "\(spelled)")
    }
  }
}

@Test func writesWholeNumbersOf64Bits() throws {
  for value in [0, 9, 10, 99, 100, 1 << 53, 9_999_999_999_999_999_999, UInt64.max] {
    #expect(text { $0.unsigned(value) } == Array("\(value)\n".utf8))
  }
  for value in [Int.min, -10, -1, 0, 9, 10, .max] {
    #expect(text { $0.integer(value) } == Array("\(value)\n".utf8))
  }
}

@Test func writesObjectsTheSameOnAnyNumberOfThreads() {
  func written(_ threads: Int) -> [UInt8] {
    text { writer in
      writer.object { writer in
        writer.key("list")
        writer.objects(Array(0..<40), parallel: Parallel(threads: threads)) { writer, index in
          writer.member("index", integer: index)
        }
      }
    }
  }
  #expect(written(1) == written(4))
  let plain = JSONValue.array((0..<40).map { ["index": .number(Double($0))] })
  #expect(written(1) == JSONValue.object([.init(key: "list", value: plain)]).serialized())
}

@Test func writesTextsThatComeBack() throws {
  for string in ["", "a\"b\\c", "\u{0}\u{1f}\n\t", "é😀", "\u{2028}", "proto=tcp"] {
    #expect(try document(text { $0.string(string) }).string() == string)
  }
}

@Test func writesALineAMember() {
  let value: JSONValue = [
    "a": [1, 2.5, -3], "b": ["c": .null, "d": [[1], []]], "e": [:], "f": [],
  ]
  let expected = """
    {
      "a": [1,2.5,-3],
      "b": {
        "c": null,
        "d": [
          [1],
          []
        ]
      },
      "e": {},
      "f": []
    }

    """
  #expect(String(decoding: value.serialized(), as: UTF8.self) == expected)
}

@Test func remembersWhatIsNotFinite() {
  var writer = JSONWriter()
  writer.object { writer in
    writer.member("fine", numbers: [1])
    writer.member("gain", numbers: [1, .nan])
    writer.member("free", .number(.infinity))
  }
  #expect(writer.nonfiniteMember == "gain")
}
