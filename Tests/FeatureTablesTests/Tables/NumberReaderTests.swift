import FeatureTables
import Testing

/// The standard library's parser is the independent judge.
struct NumberReaderTests {
  private let reader = NumberReader()

  private func read(_ text: String) -> (kind: NumberReader.Kind, value: Double) {
    let bytes = Array(text.utf8)
    return reader.read(bytes.span, 0, bytes.count)
  }

  private func expectSame(_ text: String) {
    let (kind, value) = read(text)
    #expect(kind == .finite, "\(text)")
    #expect(value.bitPattern == Double(text)?.bitPattern, "\(text)")
  }

  @Test func decimalsOfOneToTwentyFiveDigits() {
    var random = RandomGenerator(seed: 1)
    for _ in 0..<200_000 {
      var text = random.below(4) == 0 ? "-" : ""
      let digits = 1 + random.below(25)
      let point = random.below(digits + 1)
      for position in 0..<digits {
        if position == point, position > 0 { text += "." }
        text += String(random.below(10))
      }
      expectSame(text)
    }
  }

  @Test func exponents() {
    var random = RandomGenerator(seed: 2)
    for _ in 0..<50_000 {
      let mantissa = String(random.next() >> UInt64(random.below(60)))
      let fraction = random.below(2) == 0 ? "." + String(random.below(1_000_000)) : ""
      let exponent = random.below(600) - 300
      let value = mantissa + fraction + "e" + String(exponent)
      guard let judge = Double(value), judge.isFinite else { continue }
      expectSame(value)
      expectSame(value.uppercased())
    }
  }

  @Test func everyBitPatternComesBack() {
    var random = RandomGenerator(seed: 3)
    for _ in 0..<100_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(read(value.description).value.bitPattern == value.bitPattern)
    }
  }

  /// Numbers half-way between two doubles, and one digit to either side of it.
  @Test func halfWayCases() {
    for text in [
      "9007199254740993", "9007199254740992", "9007199254740991", "9007199254740995",
      "0.5000000000000000555", "1.0000000000000001110", "1.000000000000000111",
      "4503599627370496.5", "4503599627370497.5", "2251799813685248.25", "2251799813685248.75",
      "1152921504606847104", "1152921504606847103", "9223372036854775807",
      "18446744073709551615", "1.7976931348623157e308", "2.2250738585072014e-308", "5e-324",
      "0.1", "0.30000000000000004", "884462.1513944224", "3.7187499999999996",
      "1.427801546959433E15",
    ] {
      expectSame(text)
    }
  }

  @Test func kindsBySpelling() {
    for text in ["NaN", "nan", "NAN", "-nan", " NaN "] { #expect(read(text).kind == .nan) }
    for text in ["Infinity", "inf", "+Inf", "INF", "infinity", "1e999"] {
      #expect(read(text).kind == .infinity, "\(text)")
    }
    for text in ["-Infinity", "-inf", "-1e999"] {
      #expect(read(text).kind == .negativeInfinity, "\(text)")
    }
    for text in ["", " ", "\t "] { #expect(read(text).kind == .empty) }
    for text in ["-", "+", ".", "e5", "1e", "1e+", "0x10", "1,5", "1 2", "12a", "--1", "1.2.3"] {
      #expect(read(text).kind == .text, "\(text)")
    }
  }

  @Test func blanksSignsAndLonePoints() {
    #expect(read(" 12 ").value == 12)
    #expect(read("+1.5").value == 1.5)
    #expect(read("5.").value == 5)
    #expect(read(".5").value == 0.5)
    #expect(read("-0").value.sign == .minus)
    #expect(read("-0.0").value.sign == .minus)
    #expect(read("0000000000000000000000001").value == 1)
  }

  @Test func writingComesBackBitForBit() {
    var random = RandomGenerator(seed: 4)
    var values: [Double] = [0, -0.0, 1, -1, 1e15, 1e16, 9e18, -9e18, 1e19]
    values += [.leastNonzeroMagnitude, .greatestFiniteMagnitude]
    for _ in 0..<50_000 {
      values.append(Double(bitPattern: random.next()))
      values.append(Double(Int64(bitPattern: random.next()) >> Int64(random.below(60))))
      values.append((random.uniform() * 1e6).rounded() / 100)
    }
    for value in values where value.isFinite {
      #expect(read(NumberWriter.text(value)).value.bitPattern == value.bitPattern)
    }
  }

  @Test func writtenForms() {
    #expect(NumberWriter.text(3) == "3")
    #expect(NumberWriter.text(-0.0) == "-0.0")
    #expect(NumberWriter.text(0.1) == "0.1")
    #expect(NumberWriter.text(.nan) == "")
    #expect(NumberWriter.text(-1_234_567_890_123) == "-1234567890123")
    var random = RandomGenerator(seed: 5)
    for _ in 0..<10_000 {
      let value = Int64(bitPattern: random.next()) >> Int64(random.below(64))
      var bytes: [UInt8] = []
      NumberWriter.append(value, to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == String(value))
    }
  }
}
