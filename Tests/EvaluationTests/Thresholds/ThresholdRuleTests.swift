import Evaluation
import FeatureTables
import Foundation
import Models
import Testing

/// 200 benign rows with scores 0, 0.005, … and 100 malicious ones with scores 0.5, 0.505, ….
private let scores = (0..<200).map { Double($0) / 200 } + (100..<200).map { Double($0) / 200 }
private let isMalicious = (0..<300).map { $0 >= 200 }

private func choose(_ rule: String, seed: UInt64 = 0, threads: Int = 2) throws -> Threshold {
  try ThresholdRule(parsing: rule).choose(
    scores: scores, isMalicious: isMalicious, description: "rows by hand", seed: seed,
    parallel: Parallel(threads: threads))
}

private func measured(_ threshold: Threshold, _ name: String) throws -> Threshold.Measurement {
  try #require(threshold.measured.first { $0.name == name })
}

/// The interval of Clopper and Pearson as SciPy has it: see `calibrate.py`.
@Test func exactIntervalsAreThoseOfSciPy() throws {
  let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/Calibration/calibration.json")
  let golden = try JSONDocument(Array(Data(contentsOf: path)), file: "golden", remedy: "").root
  for row in try golden.member("intervals").elements() {
    let numbers = try row.doubles()
    let interval = BinomialDistribution.interval(Int(numbers[0]), of: Int(numbers[1]))
    for (ours, theirs) in [(interval.lowerBound, numbers[2]), (interval.upperBound, numbers[3])] {
      let bound = 1e-8 * max(1e-3, theirs)
      #expect(abs(ours - theirs) <= bound)
    }
  }
}

/// Both tails by their definition.
@Test func tailsAreSums() {
  func factorial(_ number: Int) -> Double {
    number < 2 ? 1 : Double(number) * factorial(number - 1)
  }
  func chance(_ hits: Int) -> Double {
    let ways = factorial(12) / factorial(hits) / factorial(12 - hits)
    return ways * pow(0.3, Double(hits)) * pow(0.7, Double(12 - hits))
  }
  for hits in 0...12 {
    let least = (hits...12).map(chance).reduce(0, +)
    let most = (0...hits).map(chance).reduce(0, +)
    let atLeast = BinomialDistribution.probability(atLeast: hits, of: 12, rate: 0.3)
    let atMost = BinomialDistribution.probability(atMost: hits, of: 12, rate: 0.3)
    #expect(abs(atLeast - least) < 1e-12 && abs(atMost - most) < 1e-12)
  }
}

@Test func aFalsePositiveRate() throws {
  // Ten of 200 benign rows score at least 0.95.
  let threshold = try choose("fpr=0.05")
  #expect(threshold.method == .falsePositiveRate)
  #expect(threshold.value == 0.95)
  #expect(threshold.chosenOn == "rows by hand; fpr=0.05")
  let rate = try measured(threshold, "false_positive_rate")
  #expect(rate.value == 0.05 && rate.interval == BinomialDistribution.interval(10, of: 200))
  #expect(try measured(threshold, "recall").value == 0.1)
  // The thresholds with so many false alarms that their exact interval holds 0.05.
  let compatible = (0...200).filter { BinomialDistribution.interval($0, of: 200).contains(0.05) }
  let expected = (200 - Double(compatible.last ?? 0)) / 200
  #expect(threshold.interval?.lowerBound == expected)
  let highest = (200 - Double(compatible.first ?? 0)) / 200
  #expect(threshold.interval.map { $0.upperBound == highest } == true)
}

@Test func alertsPerDay() throws {
  // At score s from 0.5 on: (1 - s) of the benign rows and 2 (1 - s) of the malicious ones.
  let threshold = try choose("alerts-per-day=112,flows-per-day=1000,prevalence=0.1")
  let alerts = try measured(threshold, "alerts_per_day")
  #expect(abs(alerts.value - 110) < 1e-9)
  #expect(threshold.value == 0.9)
  #expect(alerts.interval?.contains(alerts.value) == true)
  #expect(threshold.interval?.contains(0.9) == true)
}

/// The rule's own number at every threshold, tried one by one.
@Test(arguments: ["f1", "f=2", "cost=10", "cost=3,prevalence=0.01"])
func theBestOfAllThresholds(text: String) throws {
  let threshold = try choose(text)
  func value(at cut: Double) -> Double {
    let hits = Double(scores.indices.count { isMalicious[$0] && scores[$0] >= cut })
    let alarms = Double(scores.indices.count { !isMalicious[$0] && scores[$0] >= cut })
    let misses = 100 - hits
    switch text {
    case "f1": return 2 * hits / (2 * hits + alarms + misses)
    case "f=2": return 5 * hits / (5 * hits + 4 * misses + alarms)
    case "cost=10": return -(alarms + 10 * misses) / 300
    default:
      let (falseRate, missRate) = (alarms / 200, misses / 100)
      return -(0.99 * falseRate + 0.01 * 3 * missRate)
    }
  }
  let best = Set(scores).map { value(at: $0) }.max() ?? .nan
  let chosen = try #require(threshold.value)
  #expect(abs(value(at: chosen) - best) < 1e-12)
  let first = try #require(threshold.measured.first)
  #expect(abs(abs(first.value) - abs(best)) < 1e-12)
  #expect(first.interval?.contains(first.value) == true)
  #expect(try choose(text, threads: 1) == threshold, "threads make no difference")
  #expect(try choose(text, seed: 1).value == threshold.value, "resamples choose nothing")
}

@Test func rulesWithoutRows() throws {
  func choose(_ text: String) throws -> Threshold {
    try ThresholdRule(parsing: text).choose(scores: [], isMalicious: [], description: "")
  }
  #expect(try choose("likeliest") == .likeliest)
  #expect(try choose("0.3") == Threshold(.fixed, value: 0.3))
  let error = #expect(throws: DataError.self) { try choose("f1") }
  #expect(error?.file == "--threshold f1")
  let hopeless = #expect(throws: DataError.self) {
    try ThresholdRule(parsing: "fpr=0.001").choose(
      scores: [1, 1, 0], isMalicious: [true, false, false], description: "")
  }
  #expect(hopeless?.problem.contains("1 false alarms on 2 benign rows") == true)
}

@Test(arguments: [
  "", "often", "1.5", "-0.1", "nan", "fpr=0", "fpr=2", "fpr=x", "fpr", "fpr=0.1,fpr=0.2",
  "fpr=0.1,cost=3", "cost=-1", "cost=inf", "f=0", "alerts-per-day=3", "f1=1",
  "alerts-per-day=3,flows-per-day=100", "alerts-per-day=3,flows-per-day=100,prevalence=1",
])
func whatIsNoRule(text: String) {
  let error = #expect(throws: DataError.self) { try ThresholdRule(parsing: text) }
  #expect(error?.kind == .usage)
  #expect(error?.remedy.contains("alerts-per-day") == true)
}

@Test(arguments: [
  "likeliest", "0.25", "f1", "f=2.0", "fpr=0.001", "cost=100.0", "cost=9.0,prevalence=0.01",
  "alerts-per-day=50.0,flows-per-day=2000000.0,prevalence=0.001",
])
func aRuleSaysWhatItIs(text: String) throws {
  #expect(try ThresholdRule(parsing: text).description == text)
}
