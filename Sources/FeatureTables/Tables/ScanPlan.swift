/// What becomes of a column of a text table.
package enum ColumnStorage: Sendable {
  /// Not kept.
  case skipped
  /// Numbers; a cell that is none makes the row unreadable.
  case number
  /// Names with few distinct values, kept as codes.
  case category
  /// Any text, kept as it is.
  case text
  /// Numbers as far as they are, with the names between them; decided when all is read.
  case mixed
}

/// What to do with rows that cannot be read.
public enum BadRowPolicy: String, Sendable, Codable, CaseIterable {
  /// The input is refused, with the line.
  case error
  /// The row is left out and counted.
  case skip
}

/// One column to read.
package struct ColumnPlan: Sendable {
  /// For messages and counts.
  package var name: String
  package var storage: ColumnStorage
  /// For a category: why rows with this value are left out, or nil to keep them. Asked once for
  /// each distinct value.
  package var rejection: (@Sendable (String) -> String?)?

  package init(
    _ name: String, _ storage: ColumnStorage, rejection: (@Sendable (String) -> String?)? = nil
  ) {
    self.name = name
    self.storage = storage
    self.rejection = rejection
  }
}

/// How to read the rows of a text table.
package struct ScanPlan: Sendable {
  /// One entry a column of the file, in its order.
  package var columns: [ColumnPlan]
  /// The cells of the header, so that repeated headers are known; empty where there is none.
  package var header: [[UInt8]] = []
  package var nonfinite = NonfinitePolicy.missing
  package var badRows = BadRowPolicy.error
  /// The text of a cell without a value, beside the empty one.
  package var unset: [[UInt8]] = []
  /// The first cell of a record that ends the data, such as `Summary`.
  package var trailer: [UInt8]?
  /// The most rows to keep.
  package var rowLimit = Int.max

  package init(columns: [ColumnPlan]) { self.columns = columns }
}

/// A column as read.
package enum ScannedColumn: Sendable {
  case skipped
  case numbers(NumberColumn)
  /// The index into `names` of each row, NaN where the cell is empty; names are sorted.
  case category(codes: [Double], names: [String])
  case text(TextColumn)
  case mixed(MixedColumn)
}

/// What a scan of a text table gives.
package struct ScannedTable: Sendable {
  package var rowCount: Int
  package var columns: [ScannedColumn]
  /// The position of each kept row among all rows read, from 0.
  package var rowNumbers: [Int]
  package var account: RowAccount
  package var encoding: TextEncoding
  /// SHA-256 of the file; empty where it was not read to its end.
  package var digest: String
}

/// A column whose type is known only when it has been read: numbers, with names between them.
package struct MixedColumn: Sendable {
  /// NaN where a name or nothing stands.
  package var values: NumberColumn
  /// The rows that hold a name, and which.
  package var nameRows: [Int] = []
  package var nameCodes: [Int32] = []
  package var names: [String] = []
  /// Whether there were more distinct names than are kept: text, not categories.
  package var hasTooManyNames = false

  /// Whether any cell held a name.
  package var hasNames: Bool { !nameRows.isEmpty || hasTooManyNames }

  /// All cells as categories: numbers become their text.
  package func asCategory() -> (codes: [Double], names: [String]) {
    var texts: [Double: String] = [:]
    for segment in values.segments {
      for value in segment where !value.isNaN && texts[value] == nil {
        texts[value] = NumberWriter.text(value)
      }
    }
    let usedCodes = Set(nameCodes)
    let sorted = Set(texts.values).union(usedCodes.map { names[Int($0)] }).sorted()
    var position: [String: Double] = [:]
    for (index, name) in sorted.enumerated() { position[name] = Double(index) }
    let codeOfNumber = texts.compactMapValues { position[$0] }
    let codeOfName = names.map { position[$0] ?? .nan }
    var codes = values.contiguous()
    for row in codes.indices where !codes[row].isNaN {
      codes[row] = codeOfNumber[codes[row]] ?? .nan
    }
    for (row, code) in zip(nameRows, nameCodes) { codes[row] = codeOfName[Int(code)] }
    return (codes, sorted)
  }
}
