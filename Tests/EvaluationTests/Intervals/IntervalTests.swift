import Evaluation
import FeatureTables
import Testing

@Suite struct IntervalTests {
  private struct Known: Decodable {
    let part: Int
    let whole: Int
    let low: Double
    let high: Double
  }

  /// `part` of `whole` benign rows raise an alarm.
  private func predictions(_ part: Int, of whole: Int) -> Predictions {
    let codes = (0..<whole).map { Int32($0 < part ? 1 : 0) }
    return Predictions(
      classes: ["benign", "scan"], benign: ["benign"], truth: codes.map { _ in 0 },
      predicted: codes, probabilities: codes.flatMap { $0 == 1 ? [0.0, 1] : [1.0, 0] })
  }

  /// Values from Tests/References/interval_references.py.
  @Test func ratesHaveTheIntervalOfStatsmodels() throws {
    for known in try Fixtures.read([Known].self, "exact-intervals") {
      let intervals = EvaluationIntervals(predictions(known.part, of: known.whole), resamples: 1)
      let found = try #require(intervals.interval(of: .falsePositiveRate))
      #expect(agree(found.low, known.low) && agree(found.high, known.high), "\(known): \(found)")
      #expect(found.method == .exact && intervals.interval(of: .recall) == nil)
    }
  }

  /// A resample in full: rows are written down as often as they are drawn, and every score is that
  /// of an evaluation of these rows.
  private func resample(
    _ predictions: Predictions, groups: [[Int]], index: Int, seed: UInt64
  ) -> EvaluationResult {
    var random = RandomGenerator(seed: seed, stream: UInt64(index))
    let rows = groups.indices.flatMap { _ in groups[random.below(groups.count)] }
    let count = predictions.classes.count
    return EvaluationResult(
      Predictions(
        classes: predictions.classes, benign: predictions.benign,
        truth: rows.map { predictions.truth[$0] },
        predicted: rows.map { predictions.predicted[$0] },
        probabilities: rows.flatMap { predictions.probabilities[$0 * count..<($0 + 1) * count] },
        alarms: rows.map { predictions.alarms[$0] }))
  }

  /// Between sorted neighbors in proportion, nil where fewer than half are there.
  private func percentiles(_ values: [Double?]) -> (Double, Double)? {
    let sorted = values.compactMap { $0 }.sorted()
    guard sorted.count * 2 >= values.count, let last = sorted.last else { return nil }
    func at(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place.rounded(.down))
      let above = below + 1 < sorted.count ? sorted[below + 1] : last
      return sorted[below] * (1 - place + Double(below)) + above * (place - Double(below))
    }
    return (at(0.025), at(0.975))
  }

  @Test(arguments: Fixtures.predictionNames, [false, true])
  func theBootstrapIsThatOfASlowPlainOne(name: String, isGrouped: Bool) throws {
    let predictions = try Fixtures.read(PredictionCase.self, "predictions-\(name)").predictions
    let connections = isGrouped ? (0..<predictions.rowCount).map { UInt64($0 * 7 % 40) } : []
    var groups: [[Int]] = []
    if isGrouped {
      var places: [UInt64: Int] = [:]
      for (row, connection) in connections.enumerated() {
        if let place = places[connection] {
          groups[place].append(row)
        } else {
          places[connection] = groups.count
          groups.append([row])
        }
      }
    } else {
      groups = predictions.truth.indices.map { [$0] }
    }
    let count = 40
    let intervals = EvaluationIntervals(
      predictions, connections: connections, seed: 5, resamples: count)
    let plain = (0..<count).map { resample(predictions, groups: groups, index: $0, seed: 5) }
    #expect(intervals.units == groups.count)
    let composed: [Metric] = [
      .balancedAccuracy, .macroF1, .weightedF1, .rocAUC, .averagePrecision, .logLoss, .brierScore,
      .matthewsCorrelation, .f1,
    ]
    func expectEqual(_ found: Interval?, _ values: [Double?], _ what: String) {
      let expected = percentiles(values).flatMap { $0.1 > $0.0 ? $0 : nil }
      // A spread of rounding errors alone may be found or not.
      if let expected, expected.1 - expected.0 < 1e-12 { return }
      if let found, found.high - found.low < 1e-12 { return }
      #expect(
        agree(found?.low, expected?.0) && agree(found?.high, expected?.1),
        "\(what): \(found as Any), not \(expected as Any)")
    }
    for metric in composed {
      expectEqual(
        intervals.interval(of: metric), plain.map { $0.value(of: metric) }, metric.rawValue)
    }
    for (code, one) in intervals.perClass.enumerated() {
      expectEqual(one.f1, plain.map { $0.perClass[code].f1 }, one.name)
    }
  }

  @Test func threadsMakeNoDifference() throws {
    let predictions = try Fixtures.read(PredictionCase.self, "predictions-five-ties").predictions
    let one = EvaluationIntervals(predictions, resamples: 60, parallel: Parallel(threads: 1))
    let four = EvaluationIntervals(predictions, resamples: 60, parallel: Parallel(threads: 4))
    #expect(one == four)
    #expect(one != EvaluationIntervals(predictions, seed: 1, resamples: 60))
    var result = EvaluationResult(predictions)
    result.intervals = one
    result.requirements = [Requirement(.recall, .atLeast, 0.5).check(result, byInterval: true)]
    result.dailyAlerts = DailyAlerts(predictions, flowsPerDay: 1e6, prevalence: 0.01)
    let json = try StableJSON.encode(result)
    #expect(try StableJSON.decode(EvaluationResult.self, from: json) == result)
  }

  @Test func aSmallTestIsSaidToBeOne() {
    let few = EvaluationIntervals(predictions(0, of: 12), resamples: 2)
    #expect(
      few.remarks == [
        "The false positive rate is hardly known from 12 benign rows: it may be anything from 0.0 % "
          + "to 26.5 %."
      ])
    #expect(EvaluationIntervals(predictions(10, of: 5_000), resamples: 2).remarks.isEmpty)
    let alike = EvaluationIntervals(
      predictions(10, of: 5_000), connections: (0..<5_000).map { UInt64($0 % 7) }, resamples: 2)
    #expect(alike.remarks.count == 1 && alike.remarks[0].contains("7 connections only"))
  }

  @Test func theUnfavorableEndMustHold() throws {
    var result = EvaluationResult(predictions(0, of: 3_000))
    result.intervals = EvaluationIntervals(predictions(0, of: 3_000), resamples: 2)
    let requirement = try Requirement(parsing: "fpr<=0.001")
    #expect(requirement.check(result).holds)
    let strict = requirement.check(result, byInterval: true)
    #expect(!strict.holds && strict.description.contains("at least 3688 benign rows"))
    // As many rows as are said to be enough are enough, and one less is not.
    for (rows, holds) in [(3_687, false), (3_688, true)] {
      var result = EvaluationResult(predictions(0, of: rows))
      result.intervals = EvaluationIntervals(predictions(0, of: rows), resamples: 2)
      #expect(requirement.check(result, byInterval: true).holds == holds)
    }
    let unknown = try Requirement(parsing: "macro_f1>=0.5").check(result, byInterval: true)
    #expect(unknown.value == 1 && !unknown.holds && unknown.description.contains("no interval"))
  }

  @Test func alertsOfADayFollowFromTheRates() throws {
    let counts = BinaryCounts(
      truePositives: 90, falsePositives: 4, falseNegatives: 10, trueNegatives: 1_996)
    let day = try #require(DailyAlerts(counts, flowsPerDay: 1e6, prevalence: 0.001))
    // 1,000 attacks at a recall of 0.9, 999,000 benign flows at a false positive rate of 0.002.
    #expect(agree(day.trueAlerts.value, 900) && agree(day.missed.value, 100))
    #expect(agree(day.falseAlerts.value, 1_998) && agree(day.alerts.value, 2_898))
    #expect(agree(day.precision?.value, 900 / 2_898))
    #expect(agree(day.trueAlerts.low + day.missed.high, 1_000))
    // scipy.stats.beta.ppf: 0.025 of (90, 11), 0.975 of (5, 1996).
    #expect(abs(day.trueAlerts.low - 823.7774) < 1e-3)
    #expect(day.alerts.low < day.trueAlerts.low + day.falseAlerts.low)
    let oneSided = BinaryCounts(
      truePositives: 1, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
    #expect(DailyAlerts(oneSided, flowsPerDay: 10, prevalence: 0.5) == nil)
  }
}
