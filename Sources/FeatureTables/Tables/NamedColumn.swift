/// The names of a column while it is read, with the decision about each name made once.
struct NamedColumn {
  private var interner = ByteInterner()
  private var rejections: [String?] = []
  private let rejection: (@Sendable (String) -> String?)?

  init(rejection: (@Sendable (String) -> String?)?) { self.rejection = rejection }

  /// The code of a cell, nil where there are too many names.
  mutating func code(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, limit: Int) -> Int32? {
    guard let code = interner.code(bytes, start, end, limit: limit) else { return nil }
    if rejections.count < interner.entries.count {
      rejections.append(rejection?(TextEncoding.decodeAlone(interner.entries[Int(code)])))
    }
    return code
  }

  /// Why rows with this code are left out, or nil.
  func rejectionReason(_ code: Int32) -> String? { rejections[Int(code)] }

  func names(_ encoding: TextEncoding) -> [String] { interner.entries.map(encoding.decode) }

  /// Codes in the order of the sorted names that occur, in place of those in the order of
  /// appearance.
  func sorted(_ given: [Double], _ encoding: TextEncoding) -> ([Double], [String]) {
    var codes = given
    let names = names(encoding)
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
