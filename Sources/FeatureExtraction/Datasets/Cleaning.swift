import FeatureTables

/// Repairs of numbers and names that the published forms need.
enum Cleaning {
  /// Multiplies; a factor below one divides by its inverse, which is exact for powers of ten.
  static func scaled(_ values: ArraySlice<Double>, by factor: Double) -> [Double] {
    guard factor < 1 else { return values.map { $0 * factor } }
    let divisor = (1 / factor).rounded()
    return values.map { $0 / divisor }
  }

  /// Rounds values from 10,000,000 on to three digits, as most files of CIC-IDS2017 are, so that
  /// the digits do not tell the file.
  /// - Returns: nil where all values are below that.
  static func roundingLarge(_ values: ArraySlice<Double>) -> [Double]? {
    values.contains { abs($0) >= 1e7 } ? values.map(roundedIfLarge) : nil
  }

  /// A value, to three digits from 10,000,000 on.
  static func roundedIfLarge(_ value: Double) -> Double {
    guard abs(value) >= 1e7, value.isFinite else { return value }
    var unit = 1e5
    while abs(value) >= unit * 1000 { unit *= 10 }
    return (value / unit).rounded(.toNearestOrEven) * unit
  }

  /// Names that are numbers in one spelling (`6` for `6.0`), sorted again.
  /// - Parameter minusOne: the name for -1, where it means that nothing applies.
  static func canonical(
    _ codes: [Double], _ names: [String], minusOne: String?
  ) -> (codes: [Double], names: [String]) {
    let reader = NumberReader()
    let spelled = names.map { name in
      let bytes = Array(name.utf8)
      let (kind, value) = reader.read(bytes.span, 0, bytes.count)
      guard kind == .finite else { return name }
      if value == -1, let minusOne { return minusOne }
      return NumberWriter.text(value)
    }
    guard spelled != names else { return (codes, names) }
    let sorted = Set(spelled).sorted()
    var position: [String: Double] = [:]
    for (index, name) in sorted.enumerated() { position[name] = Double(index) }
    let newCodes = spelled.map { position[$0] ?? .nan }
    return (codes.map { $0.isNaN ? .nan : newCodes[Int($0)] }, sorted)
  }

  /// Numbers that are codes without order, as names.
  static func named(_ values: [Double]) -> (codes: [Double], names: [String]) {
    let distinct = Set(values).sorted()
    let position = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Double($0)) })
    return canonical(
      values.map { position[$0] ?? .nan }, distinct.map(NumberWriter.text), minusOne: "none")
  }

  /// The bytes that a packet's transport header has at least, by the protocol of each row: 20 for
  /// TCP, 8 for UDP, nothing known for others.
  static func minimumHeader(_ columns: [PlannedColumn], _ scanned: ScannedTable) -> [Double] {
    let none = Array(repeating: 0.0, count: scanned.rowCount)
    guard let index = columns.firstIndex(where: { $0.name == "protocol" }) else { return none }
    func bytes(_ transport: String) -> Double {
      switch transport {
      case "6", "6.0": 20
      case "17", "17.0": 8
      default: 0
      }
    }
    switch scanned.columns[index] {
    case .text(let text): return (0..<text.count).map { bytes(text[$0]) }
    case .category(let codes, let names):
      let sizes = names.map(bytes)
      return codes.map { $0.isNaN ? 0 : sizes[Int($0)] }
    default: return none
    }
  }
}

/// Tells seconds from microseconds: duration times rate over packets is 1 or a million.
enum TimeUnitTest {
  /// - Parameter numbers: columns by our names, as in the file.
  /// - Returns: seconds or microseconds, `none` where it is neither, nil where no flow has a
  ///   duration.
  static func unit(_ numbers: [String: [Double]]) -> Unit? {
    guard let duration = numbers["flow_duration"], let rate = numbers["flow_packets_per_second"],
      let forward = numbers["forward_packet_count"],
      let backward = numbers["backward_packet_count"]
    else { return Unit.none }
    let ratios = duration.indices.compactMap { row -> Double? in
      let ratio = duration[row] * rate[row] / (forward[row] + backward[row])
      return duration[row] > 0 && ratio.isFinite ? ratio : nil
    }.sorted()
    guard !ratios.isEmpty else { return nil }
    let median = ratios[ratios.count / 2]
    if (0.5...2).contains(median) { return .seconds }
    if (5e5...2e6).contains(median) { return .microseconds }
    return Unit.none
  }
}
