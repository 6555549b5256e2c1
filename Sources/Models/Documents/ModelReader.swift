import FeatureTables

/// Makes a model of a document, and trusts nothing in it: every length, index, name and number is
/// checked before it is used. Members that it does not know are passed over, so that documents of
/// later minor versions load.
struct ModelReader {
  let limits: ModelLimits
  let parallel: Parallel

  func model(_ root: JSONElement) throws(DataError) -> Model {
    let encoding = try encoding(root)
    let (classes, benign) = try classes(root)
    let estimator = try estimator(
      root.member("estimator"), featureCount: encoding.encodedCount, classCount: classes.count)
    return Model(
      encoding: encoding, estimator: estimator, classes: classes, benign: benign,
      threshold: try threshold(root.member("threshold")),
      flowSettings: try root.member("flow_settings").texts(),
      training: try training(
        root.member("training"), encoding: encoding, classCount: classes.count),
      metrics: try metrics(root.member("metrics")))
  }

  private func classes(_ root: JSONElement) throws(DataError) -> ([String], Set<String>) {
    let element = try root.member("classes")
    let names = try element.strings()
    guard 2...limits.classes ~= names.count else {
      throw element.failure("\(names.count) classes, and 2 to \(limits.classes) are possible")
    }
    guard Set(names).count == names.count else { throw element.failure("a class occurs twice") }
    let benign = try root.member("benign_classes")
    let benignNames = try benign.strings()
    if let stranger = benignNames.first(where: { !names.contains($0) }) {
      throw benign.failure("'\(stranger)' is none of the classes")
    }
    guard Set(benignNames).count == benignNames.count else {
      throw benign.failure("a class occurs twice")
    }
    return (names, Set(benignNames))
  }
}

extension JSONElement {
  /// An object of texts.
  func texts() throws(DataError) -> [String: String] {
    var texts: [String: String] = [:]
    for (key, value) in try members() { texts[key] = try value.string() }
    return texts
  }

  /// An object of counts.
  func tallies() throws(DataError) -> [String: Int] {
    var tallies: [String: Int] = [:]
    for (key, value) in try members() { tallies[key] = try value.count() }
    return tallies
  }

  /// A whole number from 0 to 2^53.
  func count() throws(DataError) -> Int { try integer(in: 0...1 << 53) }

  /// The value that a text names.
  func named<Value: RawRepresentable>(_: Value.Type) throws(DataError) -> Value
  where Value.RawValue == String {
    let name = try string()
    guard let value = Value(rawValue: name) else {
      throw failure("'\(name)' is not known here", remedy: "a newer flowmeter may know it")
    }
    return value
  }
}
