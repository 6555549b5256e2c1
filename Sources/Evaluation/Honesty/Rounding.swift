import FeatureTables
import Foundation

/// Features that tell a class by how their values are written and not by what they are: rounded to
/// whole numbers in one class and not in the others, or kept in single precision. Such a class was
/// recorded or exported in another way, and a model can learn that way.
enum Rounding {
  /// Rows of each side that are looked at, and the fewest that say something.
  private static let capacity = 2_000
  private static let fewestRows = 50
  /// How far the places of the last digits have to lie apart, as a total variation distance, and
  /// how much further than the values themselves.
  private static let leastDistance = 0.9
  private static let leastAdvantage = 0.1

  static func findings(_ table: LabeledTable) -> [Finding] {
    let rows = LabeledRows(table, rows: Array(0..<table.rowCount), capacity: capacity)
    let classes = table.labels.classes
    guard rows.presentClassCount > 1 else { return [] }
    var features = Array(repeating: [String](), count: classes.count)
    for (index, feature) in table.matrix.schema.features.enumerated()
    where feature.kind == .numeric {
      for code in telling(rows, column: index, classCount: classes.count) {
        features[code].append(feature.name)
      }
    }
    // Of two classes each tells the other.
    if rows.presentClassCount == 2, let last = features.lastIndex(where: { !$0.isEmpty }) {
      for code in features.indices where code != last { features[code] = [] }
    }
    return features.enumerated().compactMap { code, names in
      names.isEmpty ? nil : finding(classes[code], names)
    }
  }

  private static func finding(_ name: String, _ features: [String]) -> Finding {
    Finding(
      .roundingTellsClass, .warning,
      "how numbers are rounded or stored tells class '\(name)' from the rest, and their values "
        + "do not: \(listing(features)); it was recorded or exported in another way. Bring all "
        + "classes through the same tools.",
      evidence: ["class": .text(name), "features": .texts(features)])
  }

  /// The classes that the last digits of a column tell from the rest.
  private static func telling(_ rows: LabeledRows, column: Int, classCount: Int) -> [Int] {
    let known = zip(rows.values(ofColumn: column), rows.rows)
      .filter { $0.0.isFinite }
      .map { (value: $0.0, code: Int(rows.table.labels.codes[$0.1])) }
    guard known.count >= 2 * fewestRows else { return [] }
    let digits = counts(known.map { (lastPlace($0.value), $0.code) }, classCount)
    // One glance at the distance of the digits spares most columns the rest.
    let candidates = (0..<classCount).filter {
      distance(digits, ofClass: $0, classCount) ?? 0 >= leastDistance
    }
    guard !candidates.isEmpty else { return [] }
    let parts = counts(quantiles(known, count: digits.count * 4), classCount)
    return candidates.filter { code in
      let (byDigits, byValue) = (
        distance(digits, ofClass: code, classCount) ?? 0,
        distance(parts, ofClass: code, classCount) ?? 1
      )
      return byDigits >= byValue + leastAdvantage
    }
  }

  /// Rows of each class by cell.
  private static func counts(_ cells: [(Int, Int)], _ classCount: Int) -> [Int: [Int]] {
    var counts: [Int: [Int]] = [:]
    for (cell, code) in cells {
      counts[cell, default: Array(repeating: 0, count: classCount)][code] += 1
    }
    return counts
  }

  /// The total variation distance of a class from all others over the cells, 0 to 1; nil where
  /// either has too few rows.
  private static func distance(
    _ cells: [Int: [Int]], ofClass code: Int, _ classCount: Int
  ) -> Double? {
    let own = cells.values.reduce(0) { $0 + $1[code] }
    let others = cells.values.reduce(0) { $0 + $1.reduce(0, +) } - own
    guard own >= fewestRows, others >= fewestRows else { return nil }
    let differences = cells.sorted { $0.key < $1.key }.map { _, counts in
      let rest = counts.reduce(0, +) - counts[code]
      return abs(Double(counts[code]) / Double(own) - Double(rest) / Double(others))
    }
    return differences.reduce(0, +) / 2
  }

  /// The rows by equal parts of their values; equal values are in one part.
  private static func quantiles(
    _ known: [(value: Double, code: Int)], count: Int
  ) -> [(Int, Int)] {
    let sorted = known.sorted { $0.value < $1.value }
    let size = max(sorted.count / count, 1)
    var (part, filled) = (0, 0)
    return sorted.indices.map { index in
      if filled >= size, sorted[index].value > sorted[index - 1].value {
        (part, filled) = (part + 1, 0)
      }
      filled += 1
      return (part, sorted[index].code)
    }
  }

  /// The decimal place of the last digit that is not 0: -2 for 0.25, 3 for 5000; a place of its own
  /// for 0, and others for numbers that need more digits than 9: whether single precision holds
  /// them tells more of these than how many there are.
  static func lastPlace(_ value: Double) -> Int {
    guard value != 0 else { return 100 }
    let text = "\(abs(value))"
    let parts = text.split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let number = parts[0].split(separator: ".")
    let fraction = number.count == 2 && number[1] != "0" ? number[1].count : 0
    let digits = number.joined().drop { $0 == "0" }.count
    if digits > 9 { return Double(Float(value)) == value ? 200 : 300 }
    guard fraction == 0 else { return exponent - fraction }
    let zeros = number[0].reversed().prefix { $0 == "0" }.count
    return exponent + zeros
  }
}
