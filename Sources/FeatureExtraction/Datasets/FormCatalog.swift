import FeatureTables

/// All known forms, and which of them a file is.
struct FormCatalog: Sendable {
  static let shared = FormCatalog()
  /// Tables that our own extraction writes.
  static let ownIdentifier = "flowmeter-table"
  /// Tables of users with a label and numbers.
  static let genericIdentifier = "generic"

  let forms: [TableForm]
  let own = TableForm(
    identifier: ownIdentifier, title: "flow table of this program", labelMap: "generic",
    time: .offset, labels: ["label"])
  let generic = TableForm(
    identifier: genericIdentifier, title: "table with a label column", labelMap: "generic",
    time: .local,
    labels: ["label", "class", "target", "attack", "attack_cat", "attack_type", "attack type"])

  private init() {
    let given = ResourceFile.decode("table-forms.json", as: [TableForm].self)
    var complete: [TableForm] = []
    for form in given {
      // Forms stand after those that they are like.
      let base = form.like.flatMap { name in complete.first { $0.identifier == name } }
      precondition(form.like == nil || base != nil, "\(form.identifier) is like an unknown form")
      complete.append(base.map(form.takingOver) ?? form)
    }
    forms = complete
  }

  /// The form with this identifier; our own and the generic one included.
  func form(_ identifier: String) -> TableForm? {
    [own, generic].first { $0.identifier == identifier }
      ?? forms.first { $0.identifier == identifier }
  }

  /// The first form whose names are all in a header.
  func form(header folded: Set<String>, layout: TableLayout) -> TableForm? {
    forms.first { form in
      form.layout == layout && form.headless == nil && !form.present.isEmpty
        && form.present.isSubset(of: folded) && form.absent.isDisjoint(with: folded)
    }
  }

  /// The form of a file without header, by the cells of its first row.
  func form(headless cells: [String]) -> TableForm? {
    forms.first { form in
      guard let names = form.headless, names.count == cells.count else { return false }
      guard let end = form.headlessLabelEnd else { return true }
      return cells[cells.count - 1].hasSuffix(end)
    }
  }

  /// The forms that a header comes nearest to, with the names that it lacks, for a message.
  func nearest(_ folded: Set<String>, count: Int = 3) -> [(form: TableForm, missing: [String])] {
    forms.filter { form in
      form.headless == nil && form.layout == .delimited && !form.present.isDisjoint(with: folded)
    }
    .map { form in (form, missing: form.present.subtracting(folded).sorted()) }
    .sorted { left, right in
      let shares = (
        Double(left.missing.count) / Double(left.0.present.count),
        Double(right.missing.count) / Double(right.0.present.count)
      )
      return shares.0 != shares.1
        ? shares.0 < shares.1 : left.0.identifier < right.0.identifier
    }
    .prefix(count).map { (form: $0.0, missing: $0.missing) }
  }
}
