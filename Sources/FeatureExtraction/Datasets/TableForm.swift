import FeatureTables

/// How times of a form are written and which zone they are in.
enum TimeRule: String, Decodable, Sendable {
  /// The form has no usable time.
  case none
  /// A number; the alias table says of what since 1970.
  case epoch
  case utc
  /// Written with its distance to UTC.
  case offset
  /// Without zone: the reader must be told.
  case local
  /// Day first, 12-hour clock without AM or PM in working hours, UTC-3.
  case cic2017
  /// The same at UTC-4.
  case cse2018
  /// `month/day.hour:minute:second`, without year and zone.
  case argus
}

/// The layout of a file, below its columns.
enum TableLayout: String, Decodable, Sendable {
  case delimited
  case zeek
  case jsonLines
}

/// A known form of flow table: how it is recognised and what its columns are for. The forms are
/// data, in `table-forms.json`; names of columns there are those in our tables, those under
/// `present`, `absent` and `labels` are headers with blanks stripped and in small letters.
struct TableForm: Decodable, Sendable {
  let identifier: String
  let title: String
  /// A form whose lists of columns are taken over.
  private(set) var like: String?
  private(set) var layout = TableLayout.delimited
  /// `cic` for the kin of CICFlowMeter, which share spellings.
  private(set) var family: String?
  /// Forms with the same word here were made by the same program, so that columns of one name mean
  /// the same in them. Where one of our feature sets repeats that program, it is the name of the set.
  private(set) var definitions: String?
  /// The form in `aliases.tsv`.
  private(set) var aliases: String?
  let labelMap: String
  /// Columns that may hold the label, the best first.
  private(set) var labels: [String] = []
  private(set) var otherLabels: [String] = []
  /// The class of a row whose label is empty.
  private(set) var emptyLabel: String?
  private(set) var present: Set<String> = []
  private(set) var absent: Set<String> = []
  /// The names of the columns where the file has no header.
  private(set) var headless: [String]?
  /// What the label ends with in a form without header.
  private(set) var headlessLabelEnd: String?
  /// The form that a file is if none of its labels says anything.
  private(set) var whenUnlabeled: String?
  let time: TimeRule
  private(set) var timeUnitIsUnknown = false
  private(set) var identityIsEncoded = false
  private(set) var roundsLarge = false
  /// Whether a column may be empty in all rows, because it does not apply.
  private(set) var mayBeEmpty = false
  private(set) var unset: [String] = []
  private(set) var trailer: String?
  private(set) var renames: [String: String] = [:]
  private(set) var numeric: [String] = []
  private(set) var categorical: [String] = []
  private(set) var identifiers: [String] = []
  private(set) var timestamps: [String] = []
  private(set) var optional: [String] = []
  private(set) var texts: [String] = []
  /// Columns that only derived features are made of.
  private(set) var inputs: [String] = []
  private(set) var derived: [DerivedFeatures.Kind] = []
  private(set) var leaks: [String: String] = [:]
  /// Copies of other columns.
  private(set) var duplicates: [String: String] = [:]
  private(set) var units: [String: Unit] = [:]
  /// By column and value: why such rows are left out.
  private(set) var rows: [String: [String: String]] = [:]
  private(set) var jsonPaths: [String] = []
  private(set) var jsonFilter: JSONFilter?
  /// What a count of rows says about the file.
  private(set) var expectedRows: [String: String] = [:]
  private(set) var remarks: [String] = []

  struct JSONFilter: Decodable, Sendable {
    let path: String
    let value: String
    let reason: String
  }

  /// A form that is no data: our own tables, and tables of users.
  init(identifier: String, title: String, labelMap: String, time: TimeRule, labels: [String]) {
    self.identifier = identifier
    self.title = title
    self.labelMap = labelMap
    self.time = time
    self.labels = labels
  }

  private enum Key: String, CodingKey {
    case identifier, title, like, layout, family, definitions, aliases, labelMap, labels,
      otherLabels
    case emptyLabel, present, absent, headless, headlessLabelEnd, whenUnlabeled, time
    case timeUnitIsUnknown, identityIsEncoded, roundsLarge, mayBeEmpty, unset, trailer, renames
    case numeric, categorical, identifiers, timestamps, optional, texts, inputs, derived, leaks
    case duplicates, units, rows, jsonPaths, jsonFilter, expectedRows, remarks
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    func value<Value: Decodable>(_ key: Key, or fallback: Value) throws -> Value {
      try members.decodeIfPresent(Value.self, forKey: key) ?? fallback
    }
    identifier = try members.decode(String.self, forKey: .identifier)
    title = try members.decode(String.self, forKey: .title)
    labelMap = try members.decode(String.self, forKey: .labelMap)
    time = try members.decode(TimeRule.self, forKey: .time)
    like = try members.decodeIfPresent(String.self, forKey: .like)
    family = try members.decodeIfPresent(String.self, forKey: .family)
    definitions = try members.decodeIfPresent(String.self, forKey: .definitions)
    aliases = try members.decodeIfPresent(String.self, forKey: .aliases)
    emptyLabel = try members.decodeIfPresent(String.self, forKey: .emptyLabel)
    headless = try members.decodeIfPresent([String].self, forKey: .headless)
    headlessLabelEnd = try members.decodeIfPresent(String.self, forKey: .headlessLabelEnd)
    whenUnlabeled = try members.decodeIfPresent(String.self, forKey: .whenUnlabeled)
    trailer = try members.decodeIfPresent(String.self, forKey: .trailer)
    jsonFilter = try members.decodeIfPresent(JSONFilter.self, forKey: .jsonFilter)
    layout = try value(.layout, or: layout)
    labels = try value(.labels, or: labels)
    otherLabels = try value(.otherLabels, or: otherLabels)
    present = try value(.present, or: present)
    absent = try value(.absent, or: absent)
    timeUnitIsUnknown = try value(.timeUnitIsUnknown, or: false)
    identityIsEncoded = try value(.identityIsEncoded, or: false)
    roundsLarge = try value(.roundsLarge, or: false)
    mayBeEmpty = try value(.mayBeEmpty, or: false)
    unset = try value(.unset, or: unset)
    renames = try value(.renames, or: renames)
    numeric = try value(.numeric, or: numeric)
    categorical = try value(.categorical, or: categorical)
    identifiers = try value(.identifiers, or: identifiers)
    timestamps = try value(.timestamps, or: timestamps)
    optional = try value(.optional, or: optional)
    texts = try value(.texts, or: texts)
    inputs = try value(.inputs, or: inputs)
    derived = try value(.derived, or: derived)
    leaks = try value(.leaks, or: leaks)
    duplicates = try value(.duplicates, or: duplicates)
    units = try value(.units, or: units)
    rows = try value(.rows, or: rows)
    jsonPaths = try value(.jsonPaths, or: jsonPaths)
    expectedRows = try value(.expectedRows, or: expectedRows)
    remarks = try value(.remarks, or: remarks)
  }

  /// This form with the lists of another added to its own.
  func takingOver(_ base: TableForm) -> TableForm {
    var form = self
    form.numeric += base.numeric
    form.categorical += base.categorical
    form.identifiers += base.identifiers
    form.timestamps += base.timestamps
    form.optional += base.optional
    form.texts += base.texts
    form.leaks.merge(base.leaks) { own, _ in own }
    form.units.merge(base.units) { own, _ in own }
    form.remarks += base.remarks
    if form.headless == nil { form.headless = base.headless }
    return form
  }
}
