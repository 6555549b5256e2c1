import FeatureTables

/// The classes of tables, over all their files.
enum LabelAssembly {
  /// In a column of 0 and 1 alone, or of false and true, the first is benign.
  static func flagsAsBenign(_ classes: [LabelClass]) -> [LabelClass] {
    let keys = Set(classes.map(\.key))
    guard !classes.contains(where: \.isBenign) else { return classes }
    for (benign, other) in [("0", "1"), ("0 0", "1 0"), ("false", "true")]
    where keys.isSubset(of: [benign, other]) {
      return classes.map { label in
        LabelClass(
          key: label.key, name: label.name, isBenign: label.key == benign, isKnown: label.isKnown)
      }
    }
    return classes
  }

  /// Benign classes first, then by name.
  static func ordered<Elements: Sequence>(
    _ elements: Elements, by label: (Elements.Element) -> LabelClass
  ) -> [Elements.Element] {
    elements.sorted { left, right in
      let (left, right) = (label(left), label(right))
      return left.isBenign != right.isBenign ? left.isBenign : left.name < right.name
    }
  }

  /// One code a row for all parts: benign classes first, then by name. Classes with one key are
  /// one class, under the known spelling or the first by the alphabet.
  static func labels(_ parts: [TablePart]) -> Labels {
    var classes: [String: LabelClass] = [:]
    for label in parts.flatMap(\.classes) {
      guard let other = classes[label.key] else {
        classes[label.key] = label
        continue
      }
      if (label.isKnown && !other.isKnown)
        || (label.isKnown == other.isKnown && label.name < other.name)
      {
        classes[label.key] = label
      }
    }
    let ordered = ordered(classes.values, by: { $0 })
    var position: [String: Int32] = [:]
    for (index, label) in ordered.enumerated() { position[label.key] = Int32(index) }
    var codes: [Int32] = []
    codes.reserveCapacity(parts.reduce(0) { $0 + $1.rowCount })
    for part in parts {
      let newCode = part.classes.map { position[$0.key] ?? Labels.unlabeled }
      for code in part.labelCodes {
        codes.append(code < 0 ? Labels.unlabeled : newCode[Int(code)])
      }
    }
    return Labels(
      classes: ordered.map(\.name), codes: codes,
      benign: Set(ordered.filter(\.isBenign).map(\.name)))
  }
}
