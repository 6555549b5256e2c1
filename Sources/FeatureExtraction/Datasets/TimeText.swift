import FeatureTables
import Foundation

/// Reads the times of flow tables.
struct TimeText: Sendable {
  /// The mark of a row without time.
  static let missing = Int64.min

  private let rule: TimeRule
  /// For `epoch`: from the file's unit to microseconds.
  private let scale: Double
  private let zone: TimeZone?

  init(rule: TimeRule, scale: Double, zone: TimeZone?) {
    self.rule = rule
    self.scale = scale
    self.zone = zone
  }

  /// Nanoseconds since 1970 UTC, or `missing`.
  func nanoseconds(_ text: ArraySlice<UInt8>) -> Int64 {
    if rule == .none { return TimeText.missing }
    if rule == .epoch { return epoch(text) }
    guard var time = rule == .argus ? CivilTime(argus: text) : CivilTime(text) else {
      return TimeText.missing
    }
    switch rule {
    case .cic2017, .cse2018:
      // Working hours on a 12-hour clock: before 7 it is afternoon.
      if time.hour < 7 { time.hour += 12 }
      return time.nanoseconds(secondsEast: rule == .cic2017 ? -3 * 3600 : -4 * 3600)
    case .local, .argus:
      guard time.secondsEast == nil, let zone else { return time.nanoseconds(secondsEast: 0) }
      let asUTC = Double(time.nanoseconds(secondsEast: 0)) / 1e9
      let guess = zone.secondsFromGMT(for: Date(timeIntervalSince1970: asUTC))
      let date = Date(timeIntervalSince1970: asUTC - Double(guess))
      return time.nanoseconds(secondsEast: zone.secondsFromGMT(for: date))
    case .none, .epoch, .utc, .offset: return time.nanoseconds(secondsEast: 0)
    }
  }

  private func epoch(_ text: ArraySlice<UInt8>) -> Int64 {
    let (kind, value) = NumberReader().read(text.span, 0, text.count)
    let microseconds = (value * scale).rounded()
    guard kind == .finite, abs(microseconds) < 9e15 else { return TimeText.missing }
    return Int64(microseconds) * 1000
  }
}

/// A date and a time of day as written.
package struct CivilTime: Equatable, Sendable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour = 0
  package var minute = 0
  package var second = 0
  package var fraction = 0
  /// Seconds east of UTC, where the text says so.
  package var secondsEast: Int?

  /// `2017-07-03 11:57:41.826651`, `7/7/2017 3:30`, `31/03/2015 11:32:18 AM`, `01.09.2020 5:10`,
  /// `2021-06-07T07:34:12.260567+0200`, `… UTC`, `…Z`. With the year last the day comes first.
  package init?(_ text: ArraySlice<UInt8>) {
    var cursor = Cursor(text)
    guard let first = cursor.number(), cursor.skip("-/."), let second = cursor.number(),
      cursor.skip("-/."), let third = cursor.number()
    else { return nil }
    (year, month, day) = first >= 1000 ? (first, second, third) : (third, second, first)
    guard year >= 1000, isDate else { return nil }
    if cursor.isAtEnd { return }
    guard cursor.skip("T "), readClock(&cursor), readZone(&cursor) else { return nil }
  }

  /// `07/03.05:55:58.598308`: month and day, no year. The year is 1972, which has all days.
  package init?(argus text: ArraySlice<UInt8>) {
    var cursor = Cursor(text)
    guard let month = cursor.number(), cursor.skip("/"), let day = cursor.number(),
      cursor.skip(".")
    else { return nil }
    (year, self.month, self.day) = (1972, month, day)
    guard isDate, readClock(&cursor), cursor.isAtEnd else { return nil }
  }

  private var isDate: Bool { (1...12).contains(month) && (1...31).contains(day) }

  private mutating func readClock(_ cursor: inout Cursor) -> Bool {
    guard let hour = cursor.number(), cursor.skip(":"), let minute = cursor.number() else {
      return false
    }
    (self.hour, self.minute) = (hour, minute)
    if cursor.skip(":") {
      guard let second = cursor.number() else { return false }
      self.second = second
      if cursor.skip(".") { fraction = cursor.nanoseconds() }
    }
    return hour < 24 && minute < 60 && second < 61
  }

  private mutating func readZone(_ cursor: inout Cursor) -> Bool {
    cursor.skipBlanks()
    switch cursor.rest.uppercased() {
    case "": return true
    case "AM":
      if hour == 12 { hour = 0 }
      return hour < 12
    case "PM":
      if hour < 12 { hour += 12 }
      return true
    case "Z", "UTC", "GMT":
      secondsEast = 0
      return true
    default: break
    }
    let isWest = cursor.skip("-")
    guard isWest || cursor.skip("+"), let first = cursor.number() else { return false }
    let minutes: Int
    if cursor.skip(":") {
      guard let second = cursor.number() else { return false }
      minutes = first * 60 + second
    } else {
      minutes = first >= 100 ? first / 100 * 60 + first % 100 : first * 60
    }
    secondsEast = (isWest ? -60 : 60) * minutes
    return cursor.isAtEnd && minutes <= 18 * 60
  }

  /// Nanoseconds since 1970 UTC; the zone in the text goes before `secondsEast`.
  package func nanoseconds(secondsEast fallback: Int) -> Int64 {
    let seconds =
      daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - (self.secondsEast ?? fallback)
    let (product, overflows) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    return overflows ? TimeText.missing : product &+ Int64(fraction)
  }

  /// Days of the proleptic Gregorian calendar, counted in eras of 400 years from 1 March 0000
  /// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private var daysSince1970: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Reads text from left to right.
  private struct Cursor {
    private let text: ArraySlice<UInt8>
    private var position: Int

    init(_ text: ArraySlice<UInt8>) {
      self.text = text
      position = text.startIndex
      skipBlanks()
    }

    var isAtEnd: Bool { position >= text.endIndex }
    var rest: String {
      String(decoding: text[position...], as: UTF8.self).trimmingBlanks()
    }

    mutating func skipBlanks() {
      while !isAtEnd, text[position] == 0x20 { position += 1 }
    }

    /// Steps over one byte if it is among `marks`.
    mutating func skip(_ marks: String) -> Bool {
      guard !isAtEnd, marks.utf8.contains(text[position]) else { return false }
      position += 1
      return true
    }

    /// Up to nine digits.
    mutating func number() -> Int? {
      let start = position
      var value = 0
      while !isAtEnd, text[position] &- 48 < 10, position - start < 9 {
        value = value * 10 + Int(text[position] - 48)
        position += 1
      }
      return position > start ? value : nil
    }

    /// The digits of a fraction of a second; those beyond the ninth are passed over.
    mutating func nanoseconds() -> Int {
      var value = 0
      var digits = 0
      while !isAtEnd, text[position] &- 48 < 10 {
        if digits < 9 { value = value * 10 + Int(text[position] - 48) }
        digits += 1
        position += 1
      }
      for _ in min(digits, 9)..<9 { value *= 10 }
      return value
    }
  }
}
