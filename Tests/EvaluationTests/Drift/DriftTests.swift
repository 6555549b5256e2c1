import Evaluation
import FeatureTables
import Testing

/// Drift against the profile that a model carries. The numbers are numpy's and scipy's:
/// Tests/References/drift_references.py prints them.
@Suite struct DriftTests {
  private let trained = DriftModels.column((0..<500).map { Double($0 * 37 % 101) })

  @Test func indexAndDistanceAreThoseOfNumpyAndScipy() throws {
    let seen = DriftModels.column(
      (0..<300).map { $0 < 30 ? .nan : Double($0 * 53 % 89 + 15) })
    let drift = try #require(Drift(of: DriftModels.prior(of: trained), on: seen))
    #expect(drift.rows == 300 && drift.trainingRows == 500)
    let feature = drift.features[0]
    #expect(agree(feature.stabilityIndex, 0.960_581_862_843_943_8))
    #expect(agree(feature.kolmogorovSmirnov, 0.15))
    #expect(feature.missing == 0.1 && feature.missingAtTraining == 0)
    // Wilson and Hilferty's cube is an approximation.
    #expect(abs(feature.chanceIndex / 0.241_678_648_630_004_63 - 1) < 0.01)
    #expect(feature.isDrifted)
    #expect(drift.findings.map(\.kind) == [.driftedFeature])
  }

  @Test func theSameRowsHaveNotMoved() throws {
    let drift = try #require(Drift(of: DriftModels.prior(of: trained), on: trained))
    #expect(drift.features[0].stabilityIndex == 0)
    #expect(drift.features[0].kolmogorovSmirnov == 0)
    #expect(drift.findings == [])
  }

  /// All drawn from the same distribution: small tables differ, but by chance.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func aCleanTableHasNone(seed: UInt64) throws {
    let model = DriftModels.prior(of: SyntheticTable(rows: 400, seed: 100).table)
    for rows in [60, 200, 2_000] {
      let other = SyntheticTable(rows: rows, seed: seed).table
      let drift = try #require(Drift(of: model, on: other))
      #expect(drift.findings == [], "\(rows) rows")
    }
  }

  @Test func aMovedFeatureIsNamed() throws {
    let model = DriftModels.prior(of: SyntheticTable(rows: 400).table)
    var moved = SyntheticTable(rows: 400, seed: 2)
    moved.columns[1] = moved.columns[1].map { $0 + 3 }
    moved.columns[3] = moved.columns[3].map { _ in 1 }
    let drift = try #require(Drift(of: model, on: moved.table))
    let finding = try #require(drift.findings.first)
    #expect(finding.severity == .info)
    #expect(finding.evidence["features"] == .texts(["duration", "protocol"]))
    #expect(drift.features[3].kolmogorovSmirnov == nil)
  }

  /// Two classes that lie far apart: the mix moves the feature, the classes stay where they are.
  @Test func theMixOfClassesIsToldFromAChangeWithinThem() throws {
    func table(_ malicious: Int, shift: Double = 0) -> LabeledTable {
      let names = (0..<1_000).map { $0 % 10 < malicious ? "malicious" : "benign" }
      return DriftModels.column(
        names.enumerated().map { Double($0 * 37 % 101) + ($1 == "malicious" ? 500 : 0) + shift },
        names: names)
    }
    let model = DriftModels.prior(of: table(1))
    let mixed = try #require(Drift(of: model, on: table(8))).features[0]
    #expect(mixed.isDrifted && !mixed.isDriftedWithinClasses)
    #expect(try #require(mixed.stabilityIndexAtSameClasses) < 0.05)
    let moved = try #require(Drift(of: model, on: table(8, shift: 60))).features[0]
    #expect(moved.isDriftedWithinClasses)
  }

  @Test func classesThatTheModelWasNotTrainedOnAreNamed() {
    let model = DriftModels.prior(of: trained)
    let labels = Labels(names: ["benign", "worm"])
    let mix = ClassMix(of: model, labels: labels)
    #expect(mix.classFindings.map(\.kind) == [.classNotTrained, .classNotTested])
    #expect(mix.classFindings.first?.evidence["classes"] == .texts(["worm"]))
    let known = ClassMix(of: model, labels: trained.labels)
    #expect(known.classFindings == [])
  }

  /// 8 of 10 malicious rows found and 1 of 10 benign ones with an alarm, at training and now: the
  /// precision at half and half is 0.8 / (0.8 + 0.1).
  @Test func theBalanceOfTheClassesIsSaid() throws {
    func result(malicious: Int, benign: Int) -> (EvaluationResult, Labels) {
      let names =
        Array(repeating: "malicious", count: malicious) + Array(repeating: "benign", count: benign)
      let predicted =
        (0..<malicious).map { Int32($0 % 10 < 8 ? 1 : 0) }
        + (0..<benign).map { Int32($0 % 10 < 1 ? 1 : 0) }
      let truth = names.map { Int32($0 == "malicious" ? 1 : 0) }
      let predictions = Predictions(
        classes: ["benign", "malicious"], benign: ["benign"], truth: truth, predicted: predicted,
        probabilities: predicted.flatMap { $0 == 1 ? [0, 1.0] : [1.0, 0] })
      return (EvaluationResult(predictions), Labels(names: names))
    }
    let model = DriftModels.prior(of: trained)
    let (rare, labels) = result(malicious: 10, benign: 990)
    let finding = try #require(
      ClassMix(of: model, labels: labels).balanceFindings(rare, benign: ["benign"]).first)
    #expect(finding.kind == .classBalance)
    guard case .number(let precision)? = finding.evidence["precision_at_training_share"] else {
      Issue.record("no precision")
      return
    }
    #expect(abs(precision - 0.8 / 0.9) < 1e-12)
    let (even, evenLabels) = result(malicious: 500, benign: 500)
    #expect(
      ClassMix(of: model, labels: evenLabels).balanceFindings(even, benign: ["benign"]) == [])
  }
}
