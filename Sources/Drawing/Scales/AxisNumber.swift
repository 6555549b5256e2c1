import Foundation

/// How the numbers of an axis are printed: short, and the same everywhere.
public enum AxisNumber: Sendable, Equatable {
  /// `1500`, `20k`, `1.5M`, `0.001`, `1e-5`.
  case plain
  /// A share from 0 to 1 as `5 %`.
  case percent

  /// The shortest text that tells the number to four significant digits.
  public func text(_ value: Double) -> String {
    switch self {
    case .plain: AxisNumber.short(value)
    case .percent: AxisNumber.short(value * 100) + " %"
    }
  }

  private static let suffixes: [(factor: Double, suffix: String)] = [
    (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"),
  ]

  private static func short(_ value: Double) -> String {
    let size = abs(value)
    guard value.isFinite else { return value.isNaN ? "n/a" : value > 0 ? "∞" : "-∞" }
    if size == 0 { return "0" }
    if size >= 1e15 || size < 0.000_95 { return scientific(value) }
    if size >= 9_999.5, let (factor, suffix) = suffixes.first(where: { size >= $0.factor }) {
      return digits(value / factor) + suffix
    }
    return digits(value)
  }

  /// Four significant digits, without zeros at the end.
  private static func digits(_ value: Double) -> String {
    let places = max(0, 3 - Int(log10(abs(value)).rounded(.down)))
    return trimmed(String(format: "%.\(min(places, 7))f", value))
  }

  private static func scientific(_ value: Double) -> String {
    let parts = String(format: "%.3e", value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
    return trimmed(String(parts[0])) + "e\(exponent)"
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var kept = text[...]
    while kept.last == "0" { kept.removeLast() }
    if kept.last == "." { kept.removeLast() }
    return kept == "-0" ? "0" : String(kept)
  }
}
