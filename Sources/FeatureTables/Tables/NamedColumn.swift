/// The names of a column in one block, with the decision about each name made once.
struct NamedColumn {
  private var interner = ByteInterner()
  private var rejections: [String?] = []
  private let rejection: (@Sendable (String) -> String?)?

  init(rejection: (@Sendable (String) -> String?)?) { self.rejection = rejection }

  /// The names, by their codes.
  var names: [[UInt8]] { interner.entries }

  /// The code of a cell.
  mutating func code(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    let code = interner.code(bytes, start, end)
    if rejections.count < interner.entries.count {
      rejections.append(rejection?(TextEncoding.decodeAlone(interner.entries[Int(code)])))
    }
    return code
  }

  /// Why rows with this code are left out, or nil.
  func rejectionReason(_ code: Int32) -> String? { rejections[Int(code)] }
}

/// The names and codes of a column over all blocks.
struct CategoryColumn {
  private var names = ByteInterner()
  private var codes: [Double] = []
  static let mostNames = 100_000

  /// Adds the codes of a block, which are those of its own names; false where there are too many
  /// names for categories.
  mutating func append(_ given: ArraySlice<Double>, names added: [[UInt8]]) -> Bool {
    let newCodes = added.map { Double(names.code($0.span, 0, $0.count)) }
    let isSame = newCodes.indices.allSatisfy { newCodes[$0] == Double($0) }
    codes += isSame ? Array(given) : given.map { $0.isNaN ? .nan : newCodes[Int($0)] }
    return names.entries.count <= CategoryColumn.mostNames
  }

  /// Codes in the order of the sorted names that occur, in place of those in the order of
  /// appearance.
  func sorted(_ encoding: TextEncoding) -> (codes: [Double], names: [String]) {
    var codes = codes
    let names = names.entries.map(encoding.decode)
    var isUsed = Array(repeating: false, count: names.count)
    for code in codes where !code.isNaN { isUsed[Int(code)] = true }
    let used = Set(names.indices.filter { isUsed[$0] }.map { names[$0] }).sorted()
    var position: [String: Double] = [:]
    for (index, name) in used.enumerated() { position[name] = Double(index) }
    let newCodes = names.map { position[$0] ?? .nan }
    for row in codes.indices where !codes[row].isNaN { codes[row] = newCodes[Int(codes[row])] }
    return (codes, used)
  }
}
