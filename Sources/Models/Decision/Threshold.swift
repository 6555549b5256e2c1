/// How probabilities become a class and an alarm, and where the rule comes from.
public struct Threshold: Sendable, Equatable {
  /// How the value was chosen. Any other name may come: it is for people, the value decides.
  public struct Method: RawRepresentable, Sendable, Hashable {
    /// As in model files; any text is a name.
    public let rawValue: String

    /// A method of that name, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// No value: the likeliest class is the verdict, and the alarm follows from it.
    public static let likeliest = Method(rawValue: "likeliest")
    /// A value that a person gave.
    public static let fixed = Method(rawValue: "fixed")
    /// The lowest value that keeps the share of benign rows with an alarm within a bound.
    public static let falsePositiveRate = Method(rawValue: "false-positive-rate")
    /// The lowest value that keeps the alarms of a day within a bound.
    public static let alertsPerDay = Method(rawValue: "alerts-per-day")
    /// The value of the least cost of misses and false alarms.
    public static let costRatio = Method(rawValue: "cost-ratio")
    /// The value of the best F-score.
    public static let bestF = Method(rawValue: "best-f-score")
  }

  /// What the threshold was measured to do on the rows that it was chosen on.
  public struct Measurement: Sendable, Equatable {
    /// What was measured: `false_positive_rate`.
    public let name: String
    /// What came of it.
    public let value: Double
    /// The 95 % confidence interval; nil where there is none.
    public let interval: ClosedRange<Double>?

    /// - Parameters:
    ///   - name: in snake case, as metrics are called.
    ///   - interval: of 95 % confidence.
    public init(_ name: String, _ value: Double, interval: ClosedRange<Double>? = nil) {
      self.name = name
      self.value = value
      self.interval = interval
    }
  }

  /// How the value was chosen; `likeliest` where there is none.
  public let method: Method
  /// The malicious score, from 0 to 1, from which on a row is an alarm; nil for `likeliest` only.
  public let value: Double?
  /// What the value was chosen on, in words: `validation rows`; empty where it was not.
  public let chosenOn: String
  /// Where the value may lie as well, for instance a 95 % interval over resamples.
  public let interval: ClosedRange<Double>?
  /// What it was measured to do on those rows; empty where nothing was.
  public let measured: [Measurement]

  /// - Parameter value: from 0 to 1.
  public init(
    _ method: Method, value: Double, chosenOn: String = "", interval: ClosedRange<Double>? = nil,
    measured: [Measurement] = []
  ) {
    precondition(method != .likeliest && (0...1).contains(value))
    self.method = method
    self.value = value
    self.chosenOn = chosenOn
    self.interval = interval
    self.measured = measured
  }

  private init() {
    (method, value, chosenOn, interval, measured) = (.likeliest, nil, "", nil, [])
  }

  /// The default: the likeliest class, the first of equal ones.
  public static let likeliest = Threshold()
}

/// One verdict a row.
public struct Decisions: Sendable, Equatable {
  /// Indices into the classes.
  public let predicted: [Int32]
  /// Whether each row is taken for malicious.
  public let alarms: [Bool]
}

extension Threshold {
  /// The one place where a probability becomes a verdict.
  ///
  /// Without a value the class is the likeliest, the first of equal ones, and an alarm is a class
  /// that is not benign. With a value an alarm is a malicious score of at least that value, and
  /// the class is the likeliest on that side. Where all classes are benign, or none is, there is
  /// only one side and the likeliest class is all there is to say.
  /// - Parameters:
  ///   - probabilities: row-major, rows by classes.
  ///   - benign: which of `classes` are benign.
  public func decide(
    probabilities: [Double], classes: [String], benign: Set<String>
  ) -> Decisions {
    precondition(!classes.isEmpty && probabilities.count.isMultiple(of: classes.count))
    let all = Array(classes.indices)
    let malicious = all.filter { !benign.contains(classes[$0]) }
    let harmless = all.filter { benign.contains(classes[$0]) }
    let isMalicious = classes.map { !benign.contains($0) }
    let cut = malicious.isEmpty || harmless.isEmpty ? nil : value

    var (predicted, alarms) = ([Int32](), [Bool]())
    predicted.reserveCapacity(probabilities.count / classes.count)
    alarms.reserveCapacity(probabilities.count / classes.count)
    for start in stride(from: 0, to: probabilities.count, by: classes.count) {
      var candidates = all
      if let cut {
        let score = maliciousScore(probabilities, at: start, malicious: malicious)
        candidates = score >= cut ? malicious : harmless
      }
      let winner = mostProbable(of: candidates, probabilities, at: start)
      predicted.append(Int32(winner))
      alarms.append(isMalicious[winner])
    }
    return Decisions(predicted: predicted, alarms: alarms)
  }

  /// The sum of the probabilities of the classes that are not benign, one a row.
  public static func maliciousScores(
    probabilities: [Double], classes: [String], benign: Set<String>
  ) -> [Double] {
    let malicious = classes.indices.filter { !benign.contains(classes[$0]) }
    return stride(from: 0, to: probabilities.count, by: classes.count).map {
      maliciousScore(probabilities, at: $0, malicious: malicious)
    }
  }
}

private func maliciousScore(
  _ probabilities: [Double], at start: Int, malicious: [Int]
) -> Double {
  var sum = 0.0
  for index in malicious { sum += probabilities[start + index] }
  return sum
}

private func mostProbable(of candidates: [Int], _ probabilities: [Double], at start: Int) -> Int {
  var best = candidates[0]
  for index in candidates where probabilities[start + index] > probabilities[start + best] {
    best = index
  }
  return best
}
