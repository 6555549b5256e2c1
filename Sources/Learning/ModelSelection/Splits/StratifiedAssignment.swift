import FeatureTables

/// Deals groups of rows to parts so that each part gets its share of every class.
///
/// Greedy, in the manner of scikit-learn's `StratifiedGroupKFold`: the groups that hold the
/// largest share of some class come first, equal ones in random order, and each goes where it
/// brings the class counts nearest to their targets. Distances count relative to the size of the
/// class, so that a class of ten rows matters as much as one of a million; where parts are equally
/// good, the emptiest takes the group. With groups of one row, no part is further than one row
/// from its share of any class. A class with fewer groups than parts is absent from some parts.
struct StratifiedAssignment {
  private let groups: RowGroups
  private let labels: Labels
  /// Rows by group: those of group g are `rows[starts[g]..<starts[g + 1]]`; labeled rows only.
  private let starts: [Int]
  private let rows: [Int]

  init(groups: RowGroups, labels: Labels) {
    self.groups = groups
    self.labels = labels
    var starts = [Int](repeating: 0, count: groups.count + 1)
    for row in 0..<labels.count where labels.codes[row] >= 0 {
      starts[groups.groupOfRow[row] + 1] += 1
    }
    for group in 0..<groups.count { starts[group + 1] += starts[group] }
    var next = starts
    var rows = [Int](repeating: 0, count: starts[groups.count])
    for row in 0..<labels.count where labels.codes[row] >= 0 {
      let group = groups.groupOfRow[row]
      rows[next[group]] = row
      next[group] += 1
    }
    self.starts = starts
    self.rows = rows
  }

  /// The part of each row, from 0; -1 for a row without a label.
  /// - Parameter shares: what each part should get; positive, sums to one.
  func parts(shares: [Double], generator: RandomGenerator) -> [Int] {
    var generator = generator
    let totals = labels.classCounts.map(Double.init)
    var balance = PartBalance(shares: shares, classTotals: totals, generator: &generator)
    var partOfRow = [Int](repeating: -1, count: labels.count)
    var classes = ClassTally(classCount: totals.count)
    for group in orderedGroups(totals: totals, generator: &generator) {
      let members = rows[starts[group]..<starts[group + 1]]
      classes.count(members, labels.codes)
      let part = balance.nearestPart(for: classes)
      balance.add(classes, to: part)
      for row in members { partOfRow[row] = part }
    }
    return partOfRow
  }

  /// The groups with labeled rows: largest share of a class first, equal ones shuffled.
  private func orderedGroups(totals: [Double], generator: inout RandomGenerator) -> [Int] {
    var order = (0..<groups.count).filter { starts[$0] < starts[$0 + 1] }
    generator.shuffle(&order)
    var classes = ClassTally(classCount: totals.count)
    let keyed = order.enumerated().map { rank, group in
      classes.count(rows[starts[group]..<starts[group + 1]], labels.codes)
      let share = classes.present.map { classes.counts[$0] / totals[$0] }.max() ?? 0
      return (share: share, rank: rank, group: group)
    }
    return keyed.sorted { ($1.share, $0.rank) < ($0.share, $1.rank) }.map(\.group)
  }
}

/// Rows by class within one group, reset at the cost of the classes that are there.
private struct ClassTally {
  private(set) var counts: [Double]
  /// The classes with rows, in the order met.
  private(set) var present: [Int] = []

  init(classCount: Int) { counts = Array(repeating: 0, count: classCount) }

  mutating func count(_ rows: ArraySlice<Int>, _ codes: [Int32]) {
    for code in present { counts[code] = 0 }
    present.removeAll(keepingCapacity: true)
    for row in rows {
      let code = Int(codes[row])
      if counts[code] == 0 { present.append(code) }
      counts[code] += 1
    }
  }
}

/// How far each part is from its share of each class.
private struct PartBalance {
  private let shares: [Double]
  private let classTotals: [Double]
  /// Rows of class c in part p at `p * classes + c`.
  private var filled: [Double]
  private var rowCounts: [Double]
  /// The parts in random order, so that no part gets what others could get as well.
  private var order: [Int]

  init(shares: [Double], classTotals: [Double], generator: inout RandomGenerator) {
    self.shares = shares
    self.classTotals = classTotals
    filled = Array(repeating: 0, count: shares.count * classTotals.count)
    rowCounts = Array(repeating: 0, count: shares.count)
    order = Array(shares.indices)
    generator.shuffle(&order)
  }

  /// The part where the sum of squared relative distances grows least.
  func nearestPart(for classes: ClassTally) -> Int {
    var best = 0
    var bestCost = (Double.infinity, Double.infinity)
    for part in order {
      let cost = (growth(of: part, by: classes), rowCounts[part] / shares[part])
      if cost < bestCost { (best, bestCost) = (part, cost) }
    }
    return best
  }

  /// (excess + n)² - excess², over the squared size of the class, for each class with n rows.
  private func growth(of part: Int, by classes: ClassTally) -> Double {
    var growth = 0.0
    for code in classes.present {
      let (added, total) = (classes.counts[code], classTotals[code])
      let excess = filled[part * classTotals.count + code] - shares[part] * total
      growth += added * (2 * excess + added) / (total * total)
    }
    return growth
  }

  mutating func add(_ classes: ClassTally, to part: Int) {
    for code in classes.present {
      filled[part * classTotals.count + code] += classes.counts[code]
      rowCounts[part] += classes.counts[code]
    }
  }
}
