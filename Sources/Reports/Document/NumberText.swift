import Foundation

/// Numbers as a report shows them.
package enum NumberText {
  /// Four digits after the point, or three significant ones where these would not show what is
  /// there: `0.9876`, `1.20e-04`; `n/a` for nil.
  package static func score(_ value: Double?) -> String {
    guard let value else { return "n/a" }
    let isSmall = value != 0 && abs(value) < 0.001
    return String(format: isSmall ? "%.2e" : "%.4f", value)
  }

  /// With a comma every three digits: `1,234,567`.
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let grouped = digits.enumerated().map { index, digit in
      let following = digits.count - index
      return index > 0 && following.isMultiple(of: 3) ? ",\(digit)" : String(digit)
    }
    return (value < 0 ? "-" : "") + grouped.joined()
  }

  /// `97.53 %`, with three significant digits below a hundredth of a percent.
  package static func percent(_ share: Double) -> String {
    let percent = share * 100
    let isSmall = percent != 0 && abs(percent) < 0.01
    return String(format: isSmall ? "%.2e %%" : "%.2f %%", percent)
  }

  /// A percentage for a sentence: two digits after the point, more where it would else be called 0
  /// or 100 without being that.
  package static func share(_ share: Double) -> String {
    let percent = share * 100
    for places in 2...9 {
      let text = String(format: "%.\(places)f", percent)
      let isExact = percent == 0 || percent == 100
      if isExact || (Double(text) != 0 && Double(text) != 100) { return text + " %" }
    }
    return percent < 50 ? "0 %" : "100 %"
  }

  /// A count and a noun: `1 row`, `2,000 rows`.
  package static func counted(_ value: Int, _ singular: String, _ plural: String) -> String {
    "\(count(value)) \(value == 1 ? singular : plural)"
  }
}
