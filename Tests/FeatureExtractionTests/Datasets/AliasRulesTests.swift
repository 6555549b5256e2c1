import Testing

/// What DATASETS.md section 3 asks of the alias table.
struct AliasRulesTests {
  @Test func noHeaderMeansTwoThings() {
    #expect(AliasRow.all.count > 1_700)
    var seen: [String: String] = [:]
    for row in AliasRow.all {
      let key = [row.form, row.header, row.cells[7]].joined(separator: "\t")
      #expect(seen[key] == nil || seen[key] == row.column, "\(key)")
      seen[key] = row.column
    }
  }

  @Test func everyRowIsWhole() {
    for row in AliasRow.all {
      #expect(row.cells.count == 11)
      #expect(Double(row.cells[8]) != nil)
      #expect(!row.header.isEmpty && !row.column.isEmpty)
    }
  }

  /// Positions of the forms with a fixed order count from 0 without a gap.
  @Test func positionsAreWhole() {
    let forms = Set(AliasRow.all.filter { $0.position != nil }.map(\.form))
    for form in forms.subtracting(["webcap-52", "flowmeter-39"]) {
      let positions = AliasRow.columns(form).compactMap(\.position)
      #expect(positions == Array(0..<positions.count), "\(form)")
    }
  }
}
