import FeatureTables

/// How the values of one feature are spread over the classes, and how far that tells them apart.
public struct FeatureHistogram: Sendable, Equatable, Codable {
  /// One class against what it is to be told from.
  public struct Contrast: Sendable, Equatable, Codable {
    /// The class.
    public let name: String
    /// How far the feature tells it from the benign rows; from all others where no class is
    /// benign, or each is.
    public let separation: Separation

    private enum CodingKeys: String, CodingKey {
      case name = "class"
      case separation
    }
  }

  /// The feature, by its name in the table.
  public let feature: String
  /// What its values measure.
  public let unit: Unit
  /// Into what its values are divided.
  public let bins: HistogramBins
  /// One a class that has rows, in the order of the labels.
  public let classes: [ClassHistogram]
  /// The mean over `contrasts`; nil where there is one class only.
  public let separation: Separation?
  /// One a class that is to be told from others.
  public let contrasts: [Contrast]
}

extension FeatureHistogram {
  /// Categories beyond these are put together.
  private static let mostCategories = 24

  /// Counts one column.
  /// - Parameters:
  ///   - table: with labels on all rows.
  ///   - codes: the classes to tell, each with at least one row.
  init(_ table: LabeledTable, column: Int, codes: [Int]) {
    let feature = table.matrix.schema.features[column]
    self.feature = feature.name
    unit = feature.unit
    let names = codes.map { table.labels.classes[$0] }
    let values = FeatureHistogram.values(of: table, column: column, codes: codes)
    switch feature.kind {
    case .numeric:
      let bins = HistogramBins(numbersOf: values.finite.map { $0.filter { $0 != 0 } })
      self.bins = bins
      classes = names.indices.map { index in
        ClassHistogram(
          name: names[index], values: values.finite[index], missing: values.missing[index],
          bins: bins)
      }
    case .categorical:
      let (categories, places) = FeatureHistogram.categories(
        table.matrix.categories[column], values.finite)
      bins = .categories(categories)
      classes = names.indices.map { index in
        ClassHistogram(
          name: names[index], codes: values.finite[index], missing: values.missing[index],
          places: places, count: categories.count)
      }
    }
    let isBenign = names.map { table.labels.benign.contains($0) }
    contrasts = FeatureHistogram.contrasts(
      classes, isBenign: isBenign, values: feature.kind == .numeric ? values.finite : nil)
    separation = Separation(meanOf: contrasts.map(\.separation))
  }

  /// The finite values of each class, ascending, and how many rows have none.
  private static func values(
    of table: LabeledTable, column: Int, codes: [Int]
  ) -> (finite: [[Double]], missing: [Int]) {
    var finite = Array(repeating: [Double](), count: codes.count)
    var missing = Array(repeating: 0, count: codes.count)
    var places = Array(repeating: -1, count: table.labels.classes.count)
    let counts = table.labels.classCounts
    for (place, code) in codes.enumerated() {
      places[code] = place
      finite[place].reserveCapacity(counts[code])
    }
    for (value, code) in zip(table.matrix.column(column), table.labels.codes) where code >= 0 {
      let place = places[Int(code)]
      if value.isFinite { finite[place].append(value) } else { missing[place] += 1 }
    }
    for place in finite.indices { finite[place].sort() }
    return (finite, missing)
  }

  /// The most frequent names, and the bin of each code; the last bin holds all others.
  private static func categories(
    _ names: [String], _ codes: [[Double]]
  ) -> (names: [String], places: [Int]) {
    var counts = Array(repeating: 0, count: names.count)
    for code in codes.joined() {
      if let code = Int(exactly: code), counts.indices.contains(code) { counts[code] += 1 }
    }
    let order = names.indices.filter { counts[$0] > 0 }.sorted {
      counts[$0] == counts[$1] ? $0 < $1 : counts[$0] > counts[$1]
    }
    let shown = order.count > mostCategories ? Array(order.prefix(mostCategories - 1)) : order
    let rest = order.count - shown.count
    var places = Array(repeating: shown.count, count: names.count)
    for (place, code) in shown.enumerated() { places[code] = place }
    return (shown.map { names[$0] } + (rest > 0 ? ["\(rest) others"] : []), places)
  }

  private static func contrasts(
    _ classes: [ClassHistogram], isBenign: [Bool], values: [[Double]]?
  ) -> [Contrast] {
    let all = Array(classes.indices)
    let benign = all.filter { isBenign[$0] }
    let hasSides = !benign.isEmpty && benign.count < all.count
    let judged = hasSides ? all.filter { !isBenign[$0] } : all.count < 2 ? [] : all
    // Against all the others, two classes make one contrast, and not the same one twice.
    return (hasSides || all.count > 2 ? judged : Array(judged.dropFirst())).map { index in
      let others = hasSides ? benign : all.filter { $0 != index }
      let statistic = values.flatMap { values in
        Separation.kolmogorovSmirnov(values[index], merged(others.map { values[$0] }))
      }
      return Contrast(
        name: classes[index].name,
        separation: Separation(
          kolmogorovSmirnov: statistic, classes[index].shares,
          pooled(others.map { classes[$0] })))
    }
  }

  private static func merged(_ lists: [[Double]]) -> [Double] {
    lists.count == 1 ? lists[0] : lists.joined().sorted()
  }

  /// The shares of several classes together, row by row.
  private static func pooled(_ classes: [ClassHistogram]) -> [Double] {
    let rows = Double(max(classes.reduce(0) { $0 + $1.rows }, 1))
    var shares = Array(repeating: 0.0, count: classes.first?.shares.count ?? 0)
    for one in classes {
      for (index, share) in one.shares.enumerated() {
        shares[index] += share * Double(one.rows) / rows
      }
    }
    return shares
  }
}

extension ClassHistogram {
  /// - Parameters:
  ///   - codes: of categories, one a row that has one.
  ///   - places: the bin of each code.
  init(name: String, codes: [Double], missing: Int, places: [Int], count: Int) {
    var counts = Array(repeating: 0, count: count)
    var unknown = 0
    for code in codes {
      if let code = Int(exactly: code), places.indices.contains(code), places[code] < count {
        counts[places[code]] += 1
      } else {
        unknown += 1
      }
    }
    self.name = name
    rows = codes.count + missing
    self.missing = missing + unknown
    (zeros, below, above) = (0, 0, 0)
    self.counts = counts
  }
}
