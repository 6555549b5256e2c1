import Foundation

/// Probabilities of two classes from the margin of the second: rows by 2.
public func logisticProbabilities(_ margins: [Double]) -> [Double] {
  var probabilities = [Double](repeating: 0, count: 2 * margins.count)
  for (row, margin) in margins.enumerated() {
    (probabilities[2 * row], probabilities[2 * row + 1]) = logisticPair(margin)
  }
  return probabilities
}

/// Probabilities from one margin a class: rows by classes.
public func softmaxProbabilities(_ margins: [Double], classCount: Int) -> [Double] {
  var probabilities = margins
  for start in stride(from: 0, to: margins.count, by: classCount) {
    replaceBySoftmax(&probabilities, start..<start + classCount)
  }
  return probabilities
}

/// The probabilities of two classes from the margin of the second.
@inline(__always)
func logisticPair(_ margin: Double) -> (Double, Double) {
  // Each side from its own exponential, so that neither is lost to rounding near 0.
  let exponential = exp(-abs(margin))
  let (larger, smaller) = (1 / (1 + exponential), exponential / (1 + exponential))
  return margin >= 0 ? (smaller, larger) : (larger, smaller)
}

/// Turns the margins of one row, one a class, into its probabilities.
@inline(__always)
func replaceBySoftmax(_ margins: inout [Double], _ row: Range<Int>) {
  guard !row.isEmpty else { return }
  var largest = margins[row.lowerBound]
  for index in row where margins[index] > largest { largest = margins[index] }
  var total = 0.0
  for index in row {
    margins[index] = exp(margins[index] - largest)
    total += margins[index]
  }
  for index in row { margins[index] /= total }
}
