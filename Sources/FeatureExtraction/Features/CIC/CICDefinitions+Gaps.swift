import FeatureTables

extension CICDefinitions {
  static var flowGaps: [Definition] {
    [
      Definition(
        "flow_interarrival_time_mean", "Flow IAT Mean", in: .microseconds,
        "Mean gap between consecutive packets of either direction; 0 for one packet.",
        formula: "Σ g / (n − 1)"
      ) { $0.gaps.mean },
      Definition(
        "flow_interarrival_time_standard_deviation", "Flow IAT Std", in: .microseconds,
        "Sample deviation of the same gaps; 0 for fewer than two.",
        formula: "√(Σ (g − mean)² / (n − 2))"
      ) { $0.gaps.deviation },
      Definition(
        "flow_interarrival_time_maximum", "Flow IAT Max", in: .microseconds,
        "Largest of the same gaps; 0 for one packet.", formula: "max g"
      ) { $0.gaps.maximum },
      Definition(
        "flow_interarrival_time_minimum", "Flow IAT Min", in: .microseconds,
        "Smallest of the same gaps; 0 for one packet, negative where the capture runs back.",
        formula: "min g"
      ) { $0.gaps.minimum },
    ]
  }

  static func gaps(_ side: Side) -> [Definition] {
    let (name, published) = ("\(side.rawValue)_interarrival_time", "\(side.published) IAT")
    return [
      Definition(
        "\(name)_total", "\(published) Total", in: .microseconds,
        "Sum of the gaps between consecutive \(side.rawValue) packets; 0 for fewer than two.",
        formula: "Σ g, \(side.rawValue)"
      ) { $0.gaps(side).total },
      Definition(
        "\(name)_mean", "\(published) Mean", in: .microseconds,
        "Mean of the same gaps; 0 for fewer than two packets.",
        formula: "Σ g / (\(side.letter) − 1), \(side.rawValue)"
      ) { $0.gaps(side).mean },
      Definition(
        "\(name)_standard_deviation", "\(published) Std", in: .microseconds,
        "Sample deviation of the same gaps; 0 for fewer than three packets.",
        formula: "√(Σ (g − mean)² / (\(side.letter) − 2)), \(side.rawValue)"
      ) { $0.gaps(side).deviation },
      Definition(
        "\(name)_maximum", "\(published) Max", in: .microseconds,
        "Largest of the same gaps; 0 for fewer than two packets.",
        formula: "max g, \(side.rawValue)"
      ) { $0.gaps(side).maximum },
      Definition(
        "\(name)_minimum", "\(published) Min", in: .microseconds,
        "Smallest of the same gaps; 0 for fewer than two packets.",
        formula: "min g, \(side.rawValue)"
      ) { $0.gaps(side).minimum },
    ]
  }

  static var activity: [Definition] {
    periods("active_time", "Active", "active period", letter: "a") { $0.active.sample }
      + periods("idle_time", "Idle", "idle period", letter: "i") { $0.idle.sample }
  }

  private static func periods(
    _ name: String, _ published: String, _ word: String, letter: String,
    of sample: @escaping @Sendable (ActivityPeriods) -> Sample
  ) -> [Definition] {
    let defect =
      "Kept: the last active period is never counted, so that a flow without a gap above 5 s has "
      + "none. Mended: a FIN did not move the clock in 2018 and 2020."
    return [
      Definition(
        "\(name)_mean", "\(published) Mean", in: .microseconds,
        "Mean length of an \(word); 0 without one. A gap above 5 s is idle and ends an active "
          + "period.",
        formula: "Σ \(letter) / count", defect: defect
      ) { sample($0.accumulators.activity).mean },
      Definition(
        "\(name)_standard_deviation", "\(published) Std", in: .microseconds,
        "Sample deviation of the lengths of \(word)s; 0 for fewer than two.",
        formula: "√(Σ (\(letter) − mean)² / (count − 1))", defect: defect
      ) { sample($0.accumulators.activity).deviation },
      Definition(
        "\(name)_maximum", "\(published) Max", in: .microseconds,
        "Longest \(word); 0 without one.", formula: "max \(letter)", defect: defect
      ) { sample($0.accumulators.activity).maximum },
      Definition(
        "\(name)_minimum", "\(published) Min", in: .microseconds,
        "Shortest \(word); 0 without one.", formula: "min \(letter)", defect: defect
      ) { sample($0.accumulators.activity).minimum },
    ]
  }
}
