/// Which columns of a plan are kept how: each list holds columns in the order of the file, and the
/// values of those that are kept as numbers have slots, numbers first, then mixed columns, then
/// the codes of categories.
struct ColumnLayout: Sendable {
  let numbers: [Int]
  let mixed: [Int]
  let categories: [Int]
  let texts: [Int]

  init(_ plan: ScanPlan) {
    func columns(_ isWanted: (ColumnStorage) -> Bool) -> [Int] {
      plan.columns.indices.filter { isWanted(plan.columns[$0].storage) }
    }
    numbers = columns { if case .number = $0 { true } else { false } }
    mixed = columns { if case .mixed = $0 { true } else { false } }
    categories = columns { if case .category = $0 { true } else { false } }
    texts = columns { if case .text = $0 { true } else { false } }
    var slots = Array(repeating: -1, count: plan.columns.count)
    for (slot, column) in (numbers + mixed).enumerated() { slots[column] = slot }
    numberSlots = slots
  }

  /// For each column the slot of its number, or -1 where it is none.
  let numberSlots: [Int]
  var firstCategory: Int { numbers.count + mixed.count }
  var slotCount: Int { firstCategory + categories.count }
}
