/// Times as nanoseconds since 1970 UTC, and their form in files: RFC 3339 with nine digits.
public enum Timestamp {
  package static let nanosecondsPerSecond: Int64 = 1_000_000_000
  package static let nanosecondsPerDay: Int64 = 86_400 * nanosecondsPerSecond

  /// `2017-07-05T11:42:33.123456789Z`
  public static func text(_ time: Int64) -> String {
    var bytes: [UInt8] = []
    append(time, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text of `time`, 30 bytes, as every year of an `Int64` has four digits.
  package static func append(_ time: Int64, to bytes: inout [UInt8]) {
    let day = day(of: time)
    let date = civilDate(day)
    // The day is rounded down, so that this is never negative.
    let inDay = UInt64(bitPattern: time &- day &* nanosecondsPerDay)
    let seconds = inDay / 1_000_000_000
    append(UInt64(date.year), digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(UInt64(date.month), digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(UInt64(date.day), digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    append(seconds / 3_600, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(seconds % 60, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    append(inDay % 1_000_000_000, digits: 9, to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Days since 1970-01-01 UTC, rounded down.
  package static func day(of time: Int64) -> Int64 {
    let (quotient, remainder) = time.quotientAndRemainder(dividingBy: nanosecondsPerDay)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The date of a day since 1970-01-01, after Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms": years are counted from March, in eras of 400 years.
  package static func civilDate(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  /// The day since 1970-01-01 of a date of the Gregorian calendar; the inverse of `civilDate`.
  package static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func append(_ value: UInt64, digits: Int, to bytes: inout [UInt8]) {
    var divisor: UInt64 = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
