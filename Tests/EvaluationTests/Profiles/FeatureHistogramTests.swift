import Evaluation
import FeatureTables
import Foundation
import Testing

/// Histograms of made-up columns, against counts by the definition.
@Suite struct FeatureHistogramTests {
  private func table(
    _ columns: [[Double]], names: [String?], kinds: [FeatureKind]? = nil,
    categories: [[String]] = []
  ) -> LabeledTable {
    let features = columns.indices.map {
      Feature("feature_\($0)", in: .bytes, kind: kinds?[$0] ?? .numeric)
    }
    return LabeledTable(
      matrix: FeatureMatrix(
        schema: FeatureSchema(identifier: "test", version: 1, features: features),
        rowCount: names.count, values: Array(columns.joined()), categories: categories),
      labels: Labels(names: names))
  }

  private func histogram(_ values: [Double], names: [String?]) throws -> FeatureHistogram {
    try #require(FeatureHistograms(of: table([values], names: names)).features.first)
  }

  /// Columns of every kind that traffic has, at random but the same each time.
  private func column(_ kind: Int, rows: Int, random: inout RandomGenerator) -> [Double] {
    (0..<rows).map { row in
      let share = random.uniform()
      switch kind {
      case 0: return share * 10 - 5
      case 1: return 1 / (share + 1e-5)
      case 2: return (share * 6).rounded(.down)
      case 3: return row % 3 == 0 ? .nan : row % 5 == 0 ? 0 : share
      case 4: return row % 97 == 0 ? 1e12 * (share - 0.5) : share
      case 5: return 4
      case 6: return 0
      case 7: return row % 2 == 0 ? -1 : (share * 65_535).rounded()
      default: return .infinity
      }
    }
  }

  /// Each row is in one place; bins hold what lies between their edges.
  @Test(arguments: 0...8, 1...3 as ClosedRange<UInt64>)
  func countsAreThoseOfTheDefinition(kind: Int, seed: UInt64) throws {
    var random = RandomGenerator(seed: seed)
    let rows = [7, 150, 2_500][Int(seed) - 1]
    let values = column(kind, rows: rows, random: &random)
    let names = (0..<rows).map { ["benign", "scan", "flood"][$0 % 3] }
    let histogram = try histogram(values, names: names)
    let edges = histogram.bins.edges
    #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
    #expect(histogram.bins.count <= 50)
    for one in histogram.classes {
      let own = zip(values, names).filter { $0.1 == one.name }.map(\.0)
      #expect(one.rows == own.count)
      #expect(one.missing == own.count { !$0.isFinite })
      #expect(one.zeros == own.count { $0 == 0 })
      #expect(abs(one.shares.reduce(0, +) - 1) < 1e-12)
      let finite = own.filter { $0.isFinite && $0 != 0 }
      guard let first = edges.first, let last = edges.last else {
        #expect(finite.isEmpty && one.counts.isEmpty)
        continue
      }
      #expect(one.below == finite.count { $0 < first } && one.above == finite.count { $0 > last })
      for bin in one.counts.indices {
        let isLast = bin == one.counts.count - 1
        let expected = finite.count {
          $0 >= edges[bin] && (isLast ? $0 <= edges[bin + 1] : $0 < edges[bin + 1])
        }
        #expect(one.counts[bin] == expected, "\(kind) bin \(bin)")
      }
      // No more than one hundredth of a class is beyond either end.
      #expect(max(one.below, one.above) * 100 <= finite.count)
    }
  }

  @Test func theAxisIsChosenByTheData() throws {
    let names = (0..<400).map { $0 % 2 == 0 ? "benign" : "scan" }
    let flat = (0..<400).map { 1 + Double($0) }
    let steep = (0..<400).map { pow(1.03, Double($0)) }
    guard case .linear = try histogram(flat, names: names).bins,
      case .logarithmic(let edges) = try histogram(steep, names: names).bins,
      case .linear = try histogram(steep.map { $0 - 50 }, names: names).bins
    else {
      Issue.record("another axis")
      return
    }
    // Edges are a geometric series.
    let ratios = zip(edges, edges.dropFirst()).map { $1 / $0 }
    #expect(ratios.allSatisfy { abs($0 - ratios[0]) < 1e-9 * ratios[0] })
  }

  @Test func wholeNumbersHaveEdgesBetween() throws {
    let names = (0..<300).map { $0 % 2 == 0 ? "benign" : "scan" }
    let few = try histogram((0..<300).map { Double($0 % 5) }, names: names)
    #expect(few.bins == .linear([0.5, 1.5, 2.5, 3.5, 4.5]))
    let many = try histogram((0..<300).map { Double(100 + $0) }, names: names).bins.edges
    #expect(many.allSatisfy { $0 - $0.rounded(.down) == 0.5 })
  }

  @Test func separationFindsTheClassesApart() throws {
    let names = (0..<200).map { $0 % 2 == 0 ? "benign" : "scan" }
    let apart = names.enumerated().map { Double($0 % 10) + ($1 == "scan" ? 1_000.5 : 0.5) }
    let alike = names.indices.map { Double(($0 / 2) % 10) + 0.5 }
    // Only what is missing tells the classes here.
    let gaps = names.map { $0 == "scan" ? Double.nan : 3 }
    let profiles = FeatureHistograms(of: table([alike, apart, gaps], names: names))
    #expect(profiles.features.map(\.feature) == ["feature_1", "feature_2", "feature_0"])
    let best = try #require(profiles.features[0].separation)
    #expect(best.jensenShannon == 1 && best.kolmogorovSmirnov == 1 && best.overlap == 0)
    let second = try #require(profiles.features[1].separation)
    #expect(second.jensenShannon == 1 && second.kolmogorovSmirnov == nil)
    let last = try #require(profiles.features[2].separation)
    #expect(last.jensenShannon < 1e-12 && abs(last.overlap - 1) < 1e-12)
    #expect(last.kolmogorovSmirnov == 0)
    let ranked = FeatureHistograms(
      of: table([alike, apart, gaps], names: names), rankedBy: .kolmogorovSmirnov)
    #expect(ranked.features.map(\.feature) == ["feature_1", "feature_0", "feature_2"])
  }

  @Test func everyMaliciousClassIsHeldAgainstTheBenignRows() throws {
    let names = (0..<300).map { ["benign", "scan", "flood"][$0 % 3] }
    let values = names.enumerated().map { Double($0 % 7) + ($1 == "flood" ? 50.25 : 0.25) }
    let histogram = try histogram(values, names: names)
    #expect(histogram.contrasts.map(\.name) == ["flood", "scan"])
    #expect(histogram.contrasts[0].separation.kolmogorovSmirnov == 1)
    #expect((histogram.contrasts[1].separation.kolmogorovSmirnov ?? 1) < 0.1)
    // Without benign rows each class is held against all others.
    let attacks = try self.histogram(values, names: names.map { $0 == "benign" ? "worm" : $0 })
    #expect(attacks.contrasts.map(\.name) == ["flood", "scan", "worm"])
    #expect(attacks.contrasts[0].separation.kolmogorovSmirnov == 1)
    #expect(try self.histogram(values, names: names.map { _ in "scan" }).separation == nil)
  }

  @Test func categoriesAreCountedByName() throws {
    let codes = (0..<90).map { $0 % 9 == 8 ? Double.nan : Double($0 % 3) }
    let names = (0..<90).map { $0 % 2 == 0 ? "benign" : "scan" }
    let histogram = try #require(
      FeatureHistograms(
        of: table(
          [codes], names: names, kinds: [.categorical], categories: [["tcp", "udp", "icmp"]])
      ).features.first)
    #expect(histogram.bins == .categories(["tcp", "udp", "icmp"]))
    for one in histogram.classes {
      let own = zip(codes, names).filter { $0.1 == one.name }.map(\.0)
      #expect(one.counts == (0..<3).map { code in own.count { $0 == Double(code) } })
      #expect(one.missing == own.count(where: \.isNaN) && one.rows == own.count)
    }
    #expect(histogram.separation?.kolmogorovSmirnov == nil)
  }

  @Test func namesWithoutEndBecomeOthers() throws {
    let codes = (0..<400).map { Double($0 % 40) }
    let names = codes.map { $0 < 20 ? "benign" : "scan" }
    let histogram = try #require(
      FeatureHistograms(
        of: table(
          [codes], names: names, kinds: [.categorical],
          categories: [(0..<40).map { "state \($0)" }])
      ).features.first)
    #expect(histogram.bins.count == 24)
    guard case .categories(let bins) = histogram.bins else { return }
    #expect(bins.last == "17 others")
    #expect(histogram.classes.map { $0.counts.reduce(0, +) } == [200, 200])
  }

  @Test func rowsWithoutLabelAndClassesWithoutRowsDoNotCount() {
    var table = table([[1, 2, 3, 4]], names: ["benign", nil, "scan", nil])
    table.labels = Labels(
      classes: ["benign", "scan", "worm"], codes: table.labels.codes, benign: ["benign"])
    let profiles = FeatureHistograms(of: table)
    #expect(profiles.rows == 2 && profiles.classes.map(\.name) == ["benign", "scan"])
    #expect(FeatureHistograms(of: table.rows([1, 3])).classes.isEmpty)
  }

  @Test func threadsMakeNoDifferenceAndJSONKeepsAll() throws {
    var random = RandomGenerator(seed: 9)
    let columns = (0...8).map { column($0, rows: 600, random: &random) }
    let names = (0..<600).map { ["benign", "scan", "flood"][$0 * $0 % 3] }
    let table = table(columns, names: names)
    let one = FeatureHistograms(of: table, parallel: Parallel(threads: 1))
    #expect(one == FeatureHistograms(of: table, parallel: Parallel(threads: 4)))
    let bytes = try StableJSON.encode(one)
    #expect(try StableJSON.decode(FeatureHistograms.self, from: bytes) == one)
  }
}
