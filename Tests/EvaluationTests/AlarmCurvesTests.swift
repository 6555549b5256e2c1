import Evaluation
import FeatureTables
import Testing

/// What Tests/References/curve_references.py says, with scikit-learn and numpy.
private struct References: Decodable {
  struct Alarms: Decodable {
    let roc: [[Double?]]
    let precisionRecall: [[Double?]]
    let reliability: [[Double]]
    let sweep: [[Double?]]
    let histograms: [[Int]]
  }

  let classes: [[[Double]]]
  let alarms: Alarms?
}

@Suite struct AlarmCurvesTests {
  private func volumes(_ rows: Int) -> TrafficVolumes {
    TrafficVolumes(
      packets: (0..<rows).map { Double($0 * 7 % 13 + 1) },
      bytes: (0..<rows).map { Double($0 * 11 % 17 * 40) })
  }

  private func expectEqual(_ found: [[Double?]], _ expected: [[Double?]]) {
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(found.count == expected.count)
      #expect(zip(found, expected).allSatisfy { agree($0, $1) }, "\(found), not \(expected)")
    }
  }

  @Test(arguments: Fixtures.predictionNames)
  func everyPointIsThatOfScikitLearn(name: String) throws {
    let predictions = try Fixtures.read(PredictionCase.self, "predictions-\(name)").predictions
    let known = try Fixtures.read(References.self, "curves-\(name)")
    let curves = EvaluationCurves(
      predictions, volumes: volumes(predictions.rowCount), resolution: nil)
    for one in curves.classes {
      let code = try #require(predictions.classes.firstIndex(of: one.name))
      expectEqual(
        one.reliability.map { [Double($0.rows), $0.predicted, $0.observed] }, known.classes[code])
    }
    #expect((curves.alarms == nil) == (known.alarms == nil))
    guard let alarms = curves.alarms, let expected = known.alarms else { return }
    expectEqual(
      alarms.curves.roc.map { [$0.threshold, $0.falsePositiveRate, $0.truePositiveRate] },
      expected.roc)
    expectEqual(
      alarms.curves.precisionRecall.map { [$0.threshold, $0.precision, $0.recall] },
      expected.precisionRecall)
    expectEqual(
      alarms.curves.reliability.map { [Double($0.rows), $0.predicted, $0.observed] },
      expected.reliability)
    expectEqual(
      alarms.sweep.map {
        [
          $0.threshold, $0.recall, $0.precision, $0.f1, $0.falsePositiveRate, $0.flowsDropped,
          $0.packetsDropped, expected.sweep.first?.last == .some(nil) ? nil : $0.bytesDropped,
        ]
      }, expected.sweep)
    #expect(alarms.histograms.map(\.counts) == expected.histograms)
  }

  /// The point that the model works at is that of its metrics.
  @Test(arguments: Fixtures.predictionNames)
  func theOperatingPointIsThatOfTheMetrics(name: String) throws {
    let predictions = try Fixtures.read(PredictionCase.self, "predictions-\(name)").predictions
    let result = EvaluationResult(predictions)
    let volumes = TrafficVolumes(packets: Array(repeating: 3, count: predictions.rowCount))
    guard let alarms = EvaluationCurves(predictions, volumes: volumes).alarms else { return }
    let point = alarms.operatingPoint
    #expect(agree(point.recall, result.recall) && agree(point.precision, result.precision))
    #expect(agree(point.falsePositiveRate, result.falsePositiveRate))
    #expect(agree(point.flowsDropped, result.dataReduction))
    // Where all flows have as many packets, the share of packets is that of flows.
    #expect(agree(point.packetsDropped, point.flowsDropped) && point.bytesDropped == nil)
    #expect(alarms.malicious.rows + alarms.benign.rows == result.rows)
  }

  /// What is left out of a curve nobody would see.
  @Test func thinningKeepsTheShape() {
    var random = RandomGenerator(seed: 5)
    let rows = 30_000
    let truth = (0..<rows).map { _ in Int32(random.below(2)) }
    let probabilities = truth.flatMap { code -> [Double] in
      let score = 0.6 * random.uniform() + 0.4 * Double(code)
      return [1 - score, score]
    }
    let predictions = Predictions(
      classes: ["benign", "scan"], benign: ["benign"], truth: truth,
      predicted: truth, probabilities: probabilities)
    let all = EvaluationCurves(predictions, resolution: nil).classes[0].roc
    let kept = EvaluationCurves(predictions, resolution: 100).classes[0].roc
    #expect(all.count > 20_000 && kept.count < 500)
    #expect(kept.first == all.first && kept.last == all.last)
    var next = 0
    for point in all {
      if next < kept.count, kept[next] == point { next += 1 }
      let last = kept[max(next - 1, 0)]
      #expect(abs(point.falsePositiveRate - last.falsePositiveRate) <= 0.01)
      #expect(abs(point.truePositiveRate - last.truePositiveRate) <= 0.01)
    }
    #expect(next == kept.count, "every point that is kept is one of the curve, in its order")
  }

  @Test func threadsMakeNoDifference() throws {
    let predictions = try Fixtures.read(PredictionCase.self, "predictions-five-ties").predictions
    let one = EvaluationCurves(predictions, parallel: Parallel(threads: 1))
    #expect(one == EvaluationCurves(predictions, parallel: Parallel(threads: 4)))
    #expect(try StableJSON.decode(EvaluationCurves.self, from: StableJSON.encode(one)) == one)
  }

  @Test func volumesComeFromTheColumnsThatCountThem() {
    func matrix(_ features: [Feature]) -> FeatureMatrix {
      FeatureMatrix(
        schema: FeatureSchema(identifier: "test", version: 1, features: features), rowCount: 2,
        values: features.indices.flatMap { [Double($0 + 1), $0 == 1 ? .nan : -1] })
    }
    let two = TrafficVolumes(
      of: matrix([
        Feature("forward_packet_count", in: .packets),
        Feature("backward_packet_count", in: .packets),
        Feature("forward_byte_total", in: .bytes),
      ]))
    #expect(two.packets == [3, 0] && two.bytes == nil)
    let one = TrafficVolumes(
      of: matrix([Feature("packet_size_total", in: .bytes), Feature("packet_count", in: .none)]))
    #expect(one.bytes == [1, 0] && one.packets == nil, "another unit counts something else")
  }
}
