import FeatureTables

/// Classes that come from captures of their own: what tells them from the others may be the
/// capture (its hosts, its day, its link) and not the traffic.
enum CaptureCheck {
  static func findings(_ table: LabeledTable) -> [Finding] {
    let identity = table.identity
    guard !identity.sourceIndices.isEmpty else { return [] }
    var classesOfSource: [Int32: Set<Int32>] = [:]
    var sourcesOfClass: [Int32: Set<Int32>] = [:]
    for (source, code) in zip(identity.sourceIndices, table.labels.codes) {
      classesOfSource[source, default: []].insert(code)
      sourcesOfClass[code, default: []].insert(source)
    }
    guard sourcesOfClass.count > 1 else { return [] }
    let alone = sourcesOfClass.filter { $0.value.allSatisfy { classesOfSource[$0]?.count == 1 } }
    guard !alone.isEmpty else { return [] }
    let codes = alone.keys.sorted()
    let names = codes.map { table.labels.classes[Int($0)] }
    let captures = codes.map { code in
      Evidence.texts((alone[code] ?? []).sorted().map { identity.sources[Int($0)] })
    }
    let subject =
      alone.count == sourcesOfClass.count
      ? "each class comes from captures of its own"
      : "classes that come from captures of their own: \(listing(names))"
    return [
      Finding(
        .classFromOneCapture, .warning,
        "\(subject); the model may have learned the capture instead of the traffic. Judge it on "
          + "captures that hold both.",
        evidence: [
          "classes": .texts(names),
          "captures": .object(
            Dictionary(zip(names, captures), uniquingKeysWith: { first, _ in first })),
        ])
    ]
  }
}
