import FeatureTables
import Foundation
import Testing

/// Millions of numbers as text, read by us and by the C library's `strtod`: the same bits.
struct NumberFuzzTests {
  private let reader = NumberReader()

  /// How the text of one number is made.
  private typealias Source = (inout RandomGenerator) -> String

  private func expectSame(_ count: Int, seed: UInt64, _ source: Source) {
    var random = RandomGenerator(seed: seed)
    var different: [String] = []
    for _ in 0..<count {
      let text = source(&random)
      if !isSame(text), different.count < 5 { different.append(text) }
    }
    #expect(different.isEmpty)
  }

  /// Alone and with a neighbor, because eight characters are looked at together.
  private func isSame(_ text: String) -> Bool {
    var bytes = Array(text.utf8)
    let length = bytes.count
    bytes.append(0)
    let judge = unsafe bytes.withUnsafeBytes { unsafe strtod($0.baseAddress!, nil) }
    let alone = reader.read(bytes.span.extracting(0..<length), 0, length)
    bytes[length] = UInt8(ascii: ",")
    bytes += Array("7.5e3,99999999".utf8)
    let inside = reader.read(bytes.span, 0, length)
    guard judge.isFinite else {
      return alone.kind == (judge < 0 ? .negativeInfinity : .infinity) && inside.kind == alone.kind
    }
    return alone.kind == .finite && alone.value.bitPattern == judge.bitPattern
      && inside.kind == .finite && inside.value.bitPattern == judge.bitPattern
  }

  private static func digits(_ count: Int, _ random: inout RandomGenerator) -> String {
    String(
      decoding: (0..<count).map { _ in 48 + UInt8(random.below(10)) }, as: UTF8.self)
  }

  @Test func shortDecimals() {
    expectSame(1_000_000, seed: 1) { random in
      let sign = random.below(5) == 0 ? "-" : ""
      let whole = Self.digits(1 + random.below(9), &random)
      return random.below(3) == 0
        ? sign + whole : sign + whole + "." + Self.digits(1 + random.below(9), &random)
    }
  }

  @Test func sixteenToTwentyOneDigits() {
    expectSame(1_000_000, seed: 2) { random in
      let all = Self.digits(16 + random.below(6), &random)
      let point = 1 + random.below(all.utf8.count - 1)
      return random.below(6) == 0 ? all : all.prefix(point) + "." + all.dropFirst(point)
    }
  }

  /// The shortest text that names a double, and that of 17 digits.
  @Test func everyKindOfDouble() {
    expectSame(300_000, seed: 3) { random in
      while true {
        let value = Double(bitPattern: random.next())
        if value.isFinite { return value.description }
      }
    }
    expectSame(100_000, seed: 4) { random in
      String(format: "%.17g", (random.uniform() - 0.5) * pow(10, Double(random.below(30)) - 10))
    }
  }

  /// Exactly half-way between two doubles, and a little to either side: where rounding is hardest.
  @Test func halfWayCases() {
    expectSame(500_000, seed: 5) { random in
      // 54 bits, the last of them set, over a power of two: as decimal, times a power of five.
      let half = UInt128(random.next() >> 10 | 1 << 53 | 1)
      let shift = random.below(31)
      var scaled = half
      for _ in 0..<shift { scaled *= 5 }
      if random.below(3) == 0 { scaled = random.below(2) == 0 ? scaled + 1 : scaled - 1 }
      let text = String(scaled)
      guard shift > 0 else { return text }
      let padded = String(repeating: "0", count: max(0, shift + 1 - text.utf8.count)) + text
      return padded.dropLast(shift) + "." + padded.suffix(shift)
    }
    expectSame(200_000, seed: 6) { random in
      // Beyond 2^53, whole numbers themselves are half-way.
      let bits = 54 + random.below(10)
      let value = (random.next() >> UInt64(64 - bits)) | 1 << UInt64(bits - 1)
      let unit: UInt64 = 1 << UInt64(bits - 54)
      return String((value / unit | 1) * unit)
    }
  }

  @Test func exponents() {
    expectSame(300_000, seed: 7) { random in
      let fraction = random.below(2) == 0 ? "" : "." + Self.digits(1 + random.below(20), &random)
      let mark = random.below(2) == 0 ? "e" : "E"
      let sign = ["", "+", "-"][random.below(3)]
      return Self.digits(1 + random.below(20), &random) + fraction + mark + sign
        + String(random.below(340))
    }
  }

  @Test func denormalAndHuge() {
    expectSame(100_000, seed: 8) { random in
      let isSmall = random.below(2) == 0
      return Self.digits(1, &random) + "." + Self.digits(1 + random.below(25), &random)
        + (isSmall ? "e-" : "e") + String(300 + random.below(30))
    }
    expectSame(20_000, seed: 9) { random in
      Double(bitPattern: random.next() >> UInt64(12 + random.below(52))).description
    }
    expectSame(2_000, seed: 10) { random in
      let zeros = String(repeating: "0", count: random.below(400))
      return random.below(2) == 0
        ? "0." + zeros + Self.digits(1 + random.below(30), &random)
        : "1" + Self.digits(random.below(30), &random) + zeros
    }
  }

  /// The list of known hard ones: W. Kahan's and D. Gay's, and those that once broke PHP and Java.
  @Test func knownHardCases() {
    for text in [
      "2.2250738585072011e-308", "2.2250738585072012e-308", "2.2250738585072014e-308",
      "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
      "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "1e309",
      "6.631236846766476e-316", "3.2378839133029012895883524125015321748630094000275e-319",
      "9007199254740992.5", "9007199254740993", "9007199254740993.0000000000000000001",
      "0.500000000000000166533453693773481063544750213623046875",
      "3.518437208883201171875e13", "62.5364939768271845828", "8.10109172351e-10",
      "1.50000000000000011102230246251565", "9007199254740991.4999999999999999999999999999999995",
      "30078505129381147446200", "1777820000000000000001", "0.3932922657273", "1448997445238699",
      "5e-324", "1e23", "8.5e22", "123456789012345678", "18446744073709551616", "1e-400", "0e999",
      "-0", "-0.0", "000000000000000000000000.1", "99999999999999999999.9",
    ] {
      #expect(isSame(text), "\(text)")
    }
  }
}
