import FeatureTables

/// What the labels of a data set mean. The maps are data, in `label-maps.json`.
struct LabelMap: Sendable {
  /// What becomes of a row by its label.
  enum Meaning: Equatable, Sendable {
    case labeled(LabelClass)
    /// The row has no label, and the reason under which it is counted if it is dropped.
    case unlabeled(reason: String)
  }

  private let benign: Set<String>
  /// The spelling of each known label, by its normal form.
  private let spellings: [String: String]
  private let families: [String: String]
  private let unlabeled: Set<String>
  private let rules: [Definition.Rule]
  private let hasVocabulary: Bool
  private let emptyLabel: String?
  private let attempted: AttemptedPolicy
  private let usesFamilies: Bool
  private let benignByHand: Set<String>

  /// - Parameters:
  ///   - usesFamilies: whether labels are folded into the families of the map.
  ///   - emptyLabel: the class of a row whose label is empty.
  init(
    named name: String, usesFamilies: Bool = true, emptyLabel: String? = nil,
    options: TableReadingOptions = TableReadingOptions()
  ) {
    guard let definition = LabelMap.definitions[name] else {
      preconditionFailure("there is no label map \(name)")
    }
    let families = definition.families ?? [:]
    benign = Set((definition.benign + ["benign", "normal"]).map(LabelText.normal))
    var spellings: [String: String] = [:]
    for name in definition.benign + (definition.malicious ?? []) + Array(families.keys) {
      spellings[LabelText.normal(name)] = name
    }
    for (name, spelling) in definition.synonyms ?? [:] {
      spellings[LabelText.normal(name)] = spelling
    }
    self.spellings = spellings
    var familyOf: [String: String] = [:]
    for (family, names) in families {
      for name in names { familyOf[LabelText.normal(name)] = family }
    }
    self.families = familyOf
    unlabeled = Set(
      (definition.unlabeled ?? []).map(LabelText.normal) + ["", "label", "no label"]
        + ["needmanuallabel"])
    rules = definition.rules ?? []
    hasVocabulary = definition.malicious != nil || !families.isEmpty
    self.emptyLabel = emptyLabel
    self.usesFamilies = usesFamilies
    attempted = options.attempted
    benignByHand = Set(options.benignClasses.map(LabelText.normal))
  }

  /// What a label means, as it stands in the file.
  func meaning(_ raw: String) -> Meaning {
    var text = raw.trimmingBlanks()
    if text.isEmpty, let emptyLabel { text = emptyLabel }
    let key = LabelText.normal(text)
    guard !unlabeled.contains(key) else { return .unlabeled(reason: "unlabeled_rows") }
    if let attack = LabelText.withoutAttempted(key) { return attempt(attack, text) }
    if let ruled = byRule(key) { return ruled }
    return .labeled(labelClass(key, text))
  }

  private func labelClass(_ key: String, _ text: String) -> LabelClass {
    if usesFamilies, let family = families[key] {
      return named(family, isKnown: true)
    }
    if families[key] != nil {
      // By hand: the label itself, which is benign if its family is.
      let isBenign = benign.contains(LabelText.normal(families[key] ?? ""))
      return LabelClass(
        key: key, name: text.hasSuffix(".") ? String(text.dropLast()) : text,
        isBenign: isBenign, isKnown: true)
    }
    return named(spellings[key] ?? text, isKnown: !hasVocabulary || spellings[key] != nil)
  }

  private func named(_ name: String, isKnown: Bool) -> LabelClass {
    let key = LabelText.normal(name)
    return LabelClass(
      key: key, name: name, isBenign: benign.contains(key) || benignByHand.contains(key),
      isKnown: isKnown)
  }

  private func attempt(_ attack: String, _ text: String) -> Meaning {
    switch attempted {
    case .excluded: return .unlabeled(reason: "attempted_rows")
    case .benign: return .labeled(named(spellings["benign"] ?? "BENIGN", isKnown: true))
    case .malicious:
      return .labeled(named(spellings[attack] ?? attack, isKnown: spellings[attack] != nil))
    case .separate:
      let name = spellings[attack].map { "\($0) - Attempted" } ?? text
      return .labeled(named(name, isKnown: spellings[attack] != nil))
    }
  }

  private func byRule(_ key: String) -> Meaning? {
    for rule in rules where key.contains(rule.contains) {
      if let reason = rule.drop { return .unlabeled(reason: reason) }
      return .labeled(named(rule.class ?? key, isKnown: true))
    }
    // Where rules say what a label means, one that none fits says nothing.
    return rules.isEmpty || spellings[key] != nil ? nil : .unlabeled(reason: "unknown_labels")
  }

  // MARK: Data

  struct Definition: Decodable, Sendable {
    struct Rule: Decodable, Sendable {
      /// Looked for in the normal form of the label; the first rule that fits counts.
      let contains: String
      let `class`: String?
      let drop: String?
    }

    let benign: [String]
    let malicious: [String]?
    let unlabeled: [String]?
    let families: [String: [String]]?
    let synonyms: [String: String]?
    let rules: [Rule]?
  }

  static let definitions = ResourceFile.decode("label-maps.json", as: [String: Definition].self)
}

/// A class that a label stands for.
struct LabelClass: Hashable, Sendable {
  /// Labels that are spelled differently but mean the same have one key.
  let key: String
  let name: String
  let isBenign: Bool
  /// Whether the label is in the data set's vocabulary.
  let isKnown: Bool
}

/// The form in which labels are compared.
enum LabelText {
  /// Small letters; every run of other characters than letters and digits is one blank, so that
  /// all the dashes of `Web Attack – XSS` are equal.
  static func normal(_ text: String) -> String {
    var normal = ""
    var isAfterGap = false
    for scalar in text.lowercased().unicodeScalars {
      guard isPart(scalar) else {
        isAfterGap = true
        continue
      }
      if isAfterGap, !normal.isEmpty { normal += " " }
      isAfterGap = false
      normal.unicodeScalars.append(scalar)
    }
    return normal
  }

  /// U+FFFD read as cp1252 gives `ï¿½`, whose first character is a letter.
  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.properties.isAlphabetic || scalar.properties.numericType != nil) && scalar != "ï"
      && scalar != "½"
  }

  /// The attack that was attempted, or nil for other labels.
  static func withoutAttempted(_ normal: String) -> String? {
    let suffix = " attempted"
    return normal.hasSuffix(suffix) ? String(normal.dropLast(suffix.count)) : nil
  }
}
