/// A classifier that sees one feature: its values are cut into bins, and a bin predicts the class
/// that is most frequent in it when all classes count alike. Missing values have a bin of their
/// own. With two classes the best single threshold is tried too, for a bin may hold the border.
struct FeatureLookup {
  private static let binCount = 256

  /// The least value of each bin but the first, ascending.
  private let borders: [Double]
  /// The class of each bin.
  private let predictions: [Int]
  private let missingPrediction: Int
  private let stump: Stump?

  /// One border, with the class on each side.
  private struct Stump {
    let border: Double
    let below: Int
  }

  /// - Parameters:
  ///   - values: one a row.
  ///   - target: what to tell by them.
  init(_ values: [Double], target: Target) {
    let weights = FeatureLookup.balancedWeights(target)
    let rows = values.indices.filter { target.codes[$0] >= 0 }
    let known = rows.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }

    var missing = Array(repeating: 0.0, count: target.count)
    for row in rows where values[row].isNaN {
      missing[target.codes[row]] += weights[target.codes[row]]
    }
    missingPrediction = FeatureLookup.heaviest(missing)

    let total = known.reduce(0) { $0 + weights[target.codes[$1]] }
    var borders: [Double] = []
    var predictions: [Int] = []
    var bin = Array(repeating: 0.0, count: target.count)
    var filled = 0.0
    for (place, row) in known.enumerated() {
      let isNewValue = place > 0 && values[row] > values[known[place - 1]]
      if isNewValue, filled >= total / Double(FeatureLookup.binCount) {
        predictions.append(FeatureLookup.heaviest(bin))
        borders.append(FeatureLookup.between(values[known[place - 1]], values[row]))
        bin = Array(repeating: 0, count: target.count)
        filled = 0
      }
      bin[target.codes[row]] += weights[target.codes[row]]
      filled += weights[target.codes[row]]
    }
    predictions.append(FeatureLookup.heaviest(bin))
    self.borders = borders
    self.predictions = predictions
    stump =
      target.count == 2
      ? FeatureLookup.bestStump(values, known, target: target, weights: weights) : nil
  }

  /// The mean share of rows told right over the classes that have rows, by the lookup or the
  /// threshold, whichever does better; nil without rows.
  func balancedAccuracy(_ values: [Double], target: Target) -> Double? {
    let byBin = balancedAccuracy(values, target: target) { prediction(for: $0) }
    guard let byBin, let stump else { return byBin }
    let byStump = balancedAccuracy(values, target: target) { value in
      value.isNaN ? missingPrediction : value < stump.border ? stump.below : 1 - stump.below
    }
    return max(byBin, byStump ?? 0)
  }

  private func balancedAccuracy(
    _ values: [Double], target: Target, predict: (Double) -> Int
  ) -> Double? {
    var (rows, hits) = (
      Array(repeating: 0, count: target.count), Array(repeating: 0, count: target.count)
    )
    for (value, code) in zip(values, target.codes) where code >= 0 {
      rows[code] += 1
      if predict(value) == code { hits[code] += 1 }
    }
    let recalls = zip(hits, rows).filter { $0.1 > 0 }.map { Double($0.0) / Double($0.1) }
    return recalls.isEmpty ? nil : recalls.reduce(0, +) / Double(recalls.count)
  }

  private func prediction(for value: Double) -> Int {
    guard !value.isNaN else { return missingPrediction }
    var (low, high) = (0, borders.count)
    while low < high {
      let middle = (low + high) / 2
      if borders[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return predictions[low]
  }

  /// The border between two values of `known` that leaves the most weight on the right sides.
  private static func bestStump(
    _ values: [Double], _ known: [Int], target: Target, weights: [Double]
  ) -> Stump? {
    var best: (stump: Stump, gain: Double)?
    // The weight of class 0 less that of class 1 among the values so far: as large as can be where
    // class 0 lies below the border, as small as can be where class 1 does.
    var difference = 0.0
    for (place, row) in known.enumerated() {
      if place > 0, values[row] > values[known[place - 1]],
        abs(difference) > (best?.gain ?? 0)
      {
        let border = between(values[known[place - 1]], values[row])
        best = (Stump(border: border, below: difference > 0 ? 0 : 1), abs(difference))
      }
      difference += target.codes[row] == 0 ? weights[0] : -weights[1]
    }
    return best?.stump
  }

  /// A value above `low` and not above `high`, half way where there is one.
  private static func between(_ low: Double, _ high: Double) -> Double {
    let middle = low / 2 + high / 2
    return middle > low && middle <= high ? middle : high
  }

  /// One weight a class, so that classes count alike.
  private static func balancedWeights(_ target: Target) -> [Double] {
    var counts = Array(repeating: 0, count: target.count)
    for code in target.codes where code >= 0 { counts[code] += 1 }
    return counts.map { $0 == 0 ? 0 : 1 / Double($0) }
  }

  private static func heaviest(_ weights: [Double]) -> Int {
    weights.indices.max { weights[$0] < weights[$1] } ?? 0
  }
}
