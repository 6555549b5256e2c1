import FeatureTables
import Foundation

/// Reads times after RFC 3339. A blank may stand for the `T`, seconds may be absent, and without
/// an offset a time is that of the zone given.
enum TimestampParser {
  /// Nanoseconds since 1970 UTC, digits after the ninth dropped. Nil where the text is no time or
  /// the time is none of the years 1700 to 2200, for which nanoseconds are exact.
  static func nanoseconds(_ text: String, zone: TimeZone) -> Int64? {
    var rest = Substring(text)
    guard let year = number(&rest, digits: 4, then: "-"), (1700...2200).contains(year),
      let month = number(&rest, digits: 2, then: "-"), (1...12).contains(month),
      let day = number(&rest, digits: 2), day >= 1
    else { return nil }
    let dayNumber = Timestamp.dayNumber(year: year, month: month, day: day)
    // A day that the month does not have comes back as another date.
    guard Timestamp.civilDate(dayNumber).day == day, let divider = rest.popFirst(),
      "Tt ".contains(divider), let time = timeOfDay(&rest)
    else { return nil }
    let local = dayNumber * 86_400 + time.seconds
    guard let offset = rest.isEmpty ? localOffset(local, zone) : offset(rest) else { return nil }
    return (local - offset) * Timestamp.nanosecondsPerSecond + time.nanoseconds
  }

  /// Seconds east of Greenwich from `Z`, `+03:00` or `-0330`. Nil where it is none of these.
  static func offset(_ text: some StringProtocol) -> Int64? {
    if text == "Z" || text == "z" { return 0 }
    var rest = Substring(text)
    guard let sign = rest.popFirst(), "+-".contains(sign),
      let hours = number(&rest, digits: 2), hours <= 23
    else { return nil }
    if rest.first == ":" { rest.removeFirst() }
    guard let minutes = number(&rest, digits: 2), minutes <= 59, rest.isEmpty else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }

  /// The offset of a zone at a local time given as seconds since 1970 of a clock without offset.
  private static func localOffset(_ local: Int64, _ zone: TimeZone) -> Int64 {
    // Once with the offset of a moment nearby, once more in case it changed in between.
    let nearby = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local)))
    let moment = Date(timeIntervalSince1970: Double(local) - Double(nearby))
    return Int64(zone.secondsFromGMT(for: moment))
  }

  private static func timeOfDay(_ rest: inout Substring) -> (seconds: Int64, nanoseconds: Int64)? {
    guard let hour = number(&rest, digits: 2, then: ":"), hour <= 23,
      let minute = number(&rest, digits: 2), minute <= 59
    else { return nil }
    var (second, nanoseconds): (Int64, Int64) = (0, 0)
    if rest.first == ":" {
      rest.removeFirst()
      // 60 is a leap second.
      guard let given = number(&rest, digits: 2), given <= 60 else { return nil }
      second = given
      if rest.first == "." {
        rest.removeFirst()
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        nanoseconds = Int64((digits + "000000000").prefix(9)) ?? 0
      }
    }
    return (hour * 3_600 + minute * 60 + second, nanoseconds)
  }

  /// Takes exactly `digits` digits, and the character `then` behind them.
  private static func number(
    _ rest: inout Substring, digits: Int, then divider: Character? = nil
  ) -> Int64? {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    rest = rest.dropFirst(digits)
    if let divider {
      guard rest.popFirst() == divider else { return nil }
    }
    return Int64(text)
  }
}
