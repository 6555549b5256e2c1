import FeatureTables

/// What is to be told: one code a row, negative for a row that does not count.
struct Target {
  let codes: [Int]
  let count: Int
}

/// Some rows of a table, with their classes: a sample of at most `capacity` rows of each class,
/// taken at even steps, for a balanced score needs no more.
struct LabeledRows {
  static let capacity = 10_000

  let table: LabeledTable
  let rows: [Int]

  init(_ table: LabeledTable, rows: [Int], capacity: Int = LabeledRows.capacity) {
    var ofClass = Array(repeating: [Int](), count: table.labels.classes.count)
    for row in rows { ofClass[Int(table.labels.codes[row])].append(row) }
    self.table = table
    self.rows = ofClass.flatMap { rows in
      let count = min(rows.count, capacity)
      return (0..<count).map { rows[$0 * rows.count / count] }
    }
  }

  var classNames: [String] { table.labels.classes }

  var presentClassCount: Int { Set(rows.map { table.labels.codes[$0] }).count }

  /// The classes by their place in `names`.
  func classTarget(named names: [String]) -> Target {
    let places = classNames.map { names.firstIndex(of: $0) ?? -1 }
    return Target(codes: rows.map { places[Int(table.labels.codes[$0])] }, count: names.count)
  }

  /// 0 for benign, 1 for malicious; nil where the rows are on one side.
  var maliceTarget: Target? {
    let codes = rows.map { row in
      table.labels.benign.contains(classNames[Int(table.labels.codes[row])]) ? 0 : 1
    }
    return Set(codes).count == 2 ? Target(codes: codes, count: 2) : nil
  }

  func values(ofColumn column: Int) -> [Double] {
    rows.map { table.matrix[$0, column] }
  }

  /// With categories in the codes of another table; NaN for one that the other does not have.
  func values(ofColumn index: Int, categoriesAs other: LabeledRows, column: Int) -> [Double] {
    let names = table.matrix.categories[index]
    let others = other.table.matrix.categories[column]
    guard names != others else { return values(ofColumn: index) }
    let places = Dictionary(
      others.enumerated().map { ($1, Double($0)) }, uniquingKeysWith: { first, _ in first })
    let codes = names.map { places[$0] ?? .nan }
    return values(ofColumn: index).map { value in
      Int(exactly: value).flatMap { codes.indices.contains($0) ? codes[$0] : nil } ?? .nan
    }
  }
}
