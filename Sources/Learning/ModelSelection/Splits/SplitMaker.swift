import FeatureTables

/// Makes the folds of a split and says in words what they keep apart.
struct SplitMaker {
  let table: LabeledTable
  let method: SplitMethod
  let seed: UInt64
  let parallel: Parallel

  func holdout(testFraction: Double) throws(DataError) -> (folds: [Fold], description: String) {
    if method == .time {
      let order = try timeOrder()
      guard let cut = order.cuts(at: [1 - testFraction])?.first else {
        throw tooFewTimes(needed: 2)
      }
      let fold = Fold(training: order.rows[..<cut].sorted(), test: order.rows[cut...].sorted())
      return ([fold], timeDescription(order))
    }
    let groups = rowGroups()
    let parts = assignment(groups)([1 - testFraction, testFraction], 0)
    let fold = Fold(training: rows(parts) { $0 == 0 }, test: rows(parts) { $0 == 1 })
    try requireBothSides([fold], groupsNeeded: 2)
    return ([fold], description(groups))
  }

  func folds(
    count: Int, repetitions: Int
  ) throws(DataError) -> (folds: [Fold], description: String) {
    if method == .time { return try forwardChain(count: count) }
    let groups = rowGroups()
    let assign = assignment(groups)
    let shares = [Double](repeating: 1 / Double(count), count: count)
    let folds = (0..<repetitions).flatMap { repetition in
      let parts = assign(shares, repetition)
      return (0..<count).map { index in
        Fold(
          repetition: repetition, index: index, training: rows(parts) { $0 != index && $0 >= 0 },
          test: rows(parts) { $0 == index })
      }
    }
    try requireBothSides(folds, groupsNeeded: count)
    return (folds, description(groups))
  }

  // MARK: - By time

  private func forwardChain(
    count: Int
  ) throws(DataError) -> (folds: [Fold], description: String) {
    let order = try timeOrder()
    guard let cuts = order.cuts(at: (1...count).map { Double($0) / Double(count + 1) }) else {
      throw tooFewTimes(needed: count + 1)
    }
    let ends = cuts.dropFirst() + [order.rows.count]
    let folds = zip(cuts, ends).enumerated().map { index, stretch in
      Fold(
        index: index, training: order.rows[..<stretch.0].sorted(),
        test: order.rows[stretch.0..<stretch.1].sorted())
    }
    return (folds, timeDescription(order))
  }

  private func timeOrder() throws(DataError) -> TimeOrder {
    let order = TimeOrder(
      startTimes: table.identity.startTimes.isEmpty
        ? Array(repeating: Int64.min, count: table.rowCount) : table.identity.startTimes,
      labels: table.labels)
    guard !order.rows.isEmpty else {
      throw DataError(
        .usage, file: table.inputName, problem: "has no start times to split by",
        remedy: "choose --split grouped or stratified, or a form of the data with time stamps")
    }
    return order
  }

  private func tooFewTimes(needed: Int) -> DataError {
    DataError(
      file: table.inputName,
      problem: "the start times do not fall into \(needed) stretches with rows in each",
      remedy: "take fewer folds, or choose --split grouped")
  }

  private func timeDescription(_ order: TimeOrder) -> String {
    let left =
      order.untimedCount == 0
      ? "" : "; \(order.untimedCount) rows without a start time take no part"
    return "Ordered by start time: every training row starts before the first test row\(left)."
  }

  // MARK: - By group or row

  private func rowGroups() -> RowGroups {
    guard method == .grouped else { return RowGroups(separateRows: table.rowCount) }
    let fingerprints = RowFingerprint.hashes(of: table.matrix)
    let connections = table.identity.connections
    return RowGroups(
      rowCount: table.rowCount,
      sharing: connections.isEmpty ? [fingerprints] : [connections, fingerprints])
  }

  /// A function from shares and repetition to the part of each row, -1 for none.
  private func assignment(_ groups: RowGroups) -> ([Double], Int) -> [Int] {
    guard method != .random else { return { shuffledParts(shares: $0, repetition: $1) } }
    let stratified = StratifiedAssignment(groups: groups, labels: table.labels)
    return { shares, repetition in
      stratified.parts(
        shares: shares, generator: RandomGenerator(seed: seed, stream: UInt64(repetition)))
    }
  }

  /// Labeled rows in random order, cut into runs of the given shares.
  private func shuffledParts(shares: [Double], repetition: Int) -> [Int] {
    var order = table.labels.codes.indices.filter { table.labels.codes[$0] >= 0 }
    var generator = RandomGenerator(seed: seed, stream: UInt64(repetition))
    generator.shuffle(&order)
    var parts = [Int](repeating: -1, count: table.rowCount)
    var (start, share) = (0, 0.0)
    for part in shares.indices {
      share += shares[part]
      let isLast = part == shares.count - 1
      let end = isLast ? order.count : Int((share * Double(order.count)).rounded())
      for position in start..<max(start, end) { parts[order[position]] = part }
      start = max(start, end)
    }
    return parts
  }

  private func rows(_ parts: [Int], where isMember: (Int) -> Bool) -> [Int] {
    parts.indices.filter { isMember(parts[$0]) }
  }

  private func requireBothSides(_ folds: [Fold], groupsNeeded: Int) throws(DataError) {
    guard folds.contains(where: { $0.training.isEmpty || $0.test.isEmpty }) else { return }
    let unit = method == .grouped ? "independent groups of labeled rows" : "labeled rows"
    throw DataError(
      file: table.inputName,
      problem: "has too few \(unit) for this split: at least \(groupsNeeded) are needed, "
        + "and none may outweigh the others",
      remedy: "use more data or fewer folds")
  }

  private func description(_ groups: RowGroups) -> String {
    switch method {
    case .grouped where table.identity.connections.isEmpty:
      "Rows with equal features stay on one side (\(groups.count) groups of \(table.rowCount) "
        + "rows), classes kept in proportion; the input has no flow identity, so parts of one "
        + "connection may be on both sides."
    case .grouped:
      "Rows of one connection, and rows with equal features, stay on one side "
        + "(\(groups.count) groups of \(table.rowCount) rows); classes kept in proportion as far "
        + "as the groups allow."
    case .stratified:
      "Random rows, classes kept in proportion; parts of one connection and equal rows may be "
        + "on both sides."
    case .random, .time:
      "Random rows; parts of one connection and equal rows may be on both sides."
    }
  }
}
