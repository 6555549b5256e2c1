import FeatureTables

extension FeatureEncoding {
  /// `features`, with the categories that have a column, and `nonfinite`.
  func write(to writer: inout JSONWriter) {
    writer.member("features") { writer in
      writer.member("set", .string(input.identifier))
      writer.member("version", integer: input.version)
      writer.member("columns", array: Array(zip(input.features, categories))) { writer, column in
        writer.value(description(of: column.0, categories: column.1))
      }
    }
    writer.member("nonfinite", .string(nonfinite.rawValue))
  }

  private func description(of feature: Feature, categories: [String]) -> JSONValue {
    let common: [JSONValue.Member] = [
      .init(key: "name", value: .string(feature.name)),
      .init(key: "unit", value: .string(feature.unit.rawValue)),
      .init(key: "kind", value: .string(feature.kind.rawValue)),
    ]
    guard feature.kind == .categorical else { return .object(common) }
    let kept = JSONValue.array(categories.map { .string($0) })
    return .object(common + [.init(key: "categories", value: kept)])
  }
}

extension ModelReader {
  func encoding(_ root: JSONElement) throws(DataError) -> FeatureEncoding {
    let element = try root.member("features")
    let columns = try element.member("columns")
    var (features, categories, names) = ([Feature](), [[String]](), Set<String>())
    for column in try columns.elements() {
      let feature = try feature(column)
      guard names.insert(feature.name).inserted else {
        throw column.failure("the feature '\(feature.name)' occurs twice")
      }
      features.append(feature)
      categories.append(
        feature.kind == .categorical ? try keptCategories(column.member("categories")) : [])
    }
    guard 1...limits.features ~= features.count else {
      throw columns.failure(
        "\(features.count) features, and 1 to \(limits.features) are possible")
    }
    let schema = FeatureSchema(
      identifier: try element.member("set").string(),
      version: try element.member("version").count(), features: features)
    return FeatureEncoding(
      input: schema, categories: categories,
      nonfinite: try root.member("nonfinite").named(NonfinitePolicy.self))
  }

  private func feature(_ column: JSONElement) throws(DataError) -> Feature {
    let name = try column.member("name").string()
    let unit = try column.member("unit").named(Unit.self)
    let kind = try column.member("kind").named(FeatureKind.self)
    if kind == .numeric, let stray = try column.optional("categories") {
      throw stray.failure("a numeric feature has no categories")
    }
    return Feature(name, in: unit, kind: kind)
  }

  private func keptCategories(_ element: JSONElement) throws(DataError) -> [String] {
    let names = try element.strings()
    guard names.count <= limits.categoriesPerFeature else {
      throw element.failure("more than \(limits.categoriesPerFeature) categories")
    }
    guard Set(names).count == names.count else { throw element.failure("a category occurs twice") }
    return names
  }
}
