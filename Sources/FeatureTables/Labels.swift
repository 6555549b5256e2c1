/// The class of each row.
public struct Labels: Sendable, Equatable {
  /// The code of a row without a label.
  public static let unlabeled: Int32 = -1

  /// Benign classes first, then by name.
  public let classes: [String]
  /// One code a row: an index into `classes`, or `unlabeled`.
  public let codes: [Int32]
  /// Which of `classes` are benign; every other class is malicious.
  public let benign: Set<String>

  /// - Parameters:
  ///   - classes: benign ones first, then by name; this is not checked.
  ///   - codes: one a row, each an index into `classes` or `unlabeled`.
  ///   - benign: which of `classes` are benign.
  public init(classes: [String], codes: [Int32], benign: Set<String>) {
    precondition(codes.allSatisfy { $0 >= -1 && $0 < Int32(classes.count) })
    self.classes = classes
    self.codes = codes
    self.benign = benign
  }

  /// From one name a row, nil for a row without a label. Classes are ordered benign first, then
  /// by name.
  /// - Parameter isBenign: by default `benign` and `normal`, in any case.
  public init(
    names: [String?], isBenign: (String) -> Bool = { Labels.isBenignName($0) }
  ) {
    var distinct: Set<String> = []
    for case let name? in names { distinct.insert(name) }
    let benign = distinct.filter(isBenign)
    let classes = benign.sorted() + distinct.subtracting(benign).sorted()
    var code: [String: Int32] = [:]
    for (index, name) in classes.enumerated() { code[name] = Int32(index) }
    self.init(
      classes: classes,
      codes: names.map { name in name.flatMap { code[$0] } ?? Labels.unlabeled },
      benign: benign)
  }

  /// Whether a class name means benign where no label map says otherwise.
  public static func isBenignName(_ name: String) -> Bool {
    ["benign", "normal"].contains(name.lowercased())
  }

  /// How many rows there are, with a label or without.
  public var count: Int { codes.count }

  /// Rows of each class, in the order of `classes`.
  public var classCounts: [Int] {
    var counts = Array(repeating: 0, count: classes.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return counts
  }

  /// The labels of the rows at `indices`, with the same classes.
  public func rows(_ indices: [Int]) -> Labels {
    Labels(classes: classes, codes: indices.map { codes[$0] }, benign: benign)
  }

  /// All labels folded into `benign` and `malicious`.
  /// - Parameter positive: the classes that count as malicious; nil for all that are not benign.
  public func folded(positive: Set<String>? = nil) -> Labels {
    let isMalicious = classes.map { positive?.contains($0) ?? !benign.contains($0) }
    return Labels(
      classes: ["benign", "malicious"],
      codes: codes.map { $0 < 0 ? $0 : (isMalicious[Int($0)] ? 1 : 0) },
      benign: ["benign"])
  }
}
