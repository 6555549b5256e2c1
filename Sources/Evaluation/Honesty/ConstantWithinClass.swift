import FeatureTables

/// Features with a value that every row of a class has and hardly any other row: the port of an
/// attack tool, the packet size of a flood. The class may be nothing but that value.
enum ConstantWithinClass {
  /// Classes with fewer rows are constant by chance.
  private static let fewestRows = 20
  /// The share of other rows that may have the value too.
  private static let largestShare = 0.01

  static func findings(_ table: LabeledTable) -> [Finding] {
    let counts = table.labels.classCounts
    var features = Array(repeating: [(name: String, value: Double)](), count: counts.count)
    for (index, feature) in table.matrix.schema.features.enumerated() {
      for (code, value) in telling(table.matrix.column(index), table.labels, counts) {
        features[code].append((feature.name, value))
      }
    }
    return features.enumerated().compactMap { code, found in
      guard !found.isEmpty else { return nil }
      let name = table.labels.classes[code]
      return Finding(
        .constantWithinClass, .warning,
        "every row of class '\(name)' has one value, rare elsewhere, in "
          + "\(listing(found.map(\.name))); a model may know the class by that alone.",
        evidence: [
          "class": .text(name), "features": .texts(found.map(\.name)),
          "values": .list(found.map { $0.value.isNaN ? .text("missing") : .number($0.value) }),
          "rows": .count(counts[code]),
        ])
    }
  }

  /// The classes that a column tells by one value, with the value; NaN for a missing one.
  private static func telling(
    _ column: ArraySlice<Double>, _ labels: Labels, _ counts: [Int]
  ) -> [(code: Int, value: Double)] {
    var constants = [Double?](repeating: nil, count: counts.count)
    var isConstant = counts.map { $0 >= fewestRows }
    for (value, code) in zip(column, labels.codes) where isConstant[Int(code)] {
      if let constant = constants[Int(code)] {
        isConstant[Int(code)] = same(value, constant)
      } else {
        constants[Int(code)] = value
      }
    }
    return constants.enumerated().compactMap { code, constant in
      guard isConstant[code], let constant else { return nil }
      let having = column.count { same($0, constant) }
      let own = counts[code]
      let others = labels.count - own
      guard others > 0, Double(having - own) <= largestShare * Double(others) else { return nil }
      return (code, constant)
    }
  }

  private static func same(_ left: Double, _ right: Double) -> Bool {
    left == right || (left.isNaN && right.isNaN)
  }
}
