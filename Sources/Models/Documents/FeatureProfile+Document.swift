import FeatureTables

extension FeatureProfile {
  func write(to writer: inout JSONWriter) {
    writer.member("feature", .string(feature))
    switch bins {
    case .edges(let edges): writer.member("edges", numbers: edges)
    case .categories(let names): writer.member("categories", strings: names)
    }
    writer.member("counts", array: counts) { $0.integers($1) }
    writer.member("missing", counts: missing)
  }
}

extension ModelReader {
  /// Profiles of all input features in their order, or none.
  func profiles(
    _ element: JSONElement, encoding: FeatureEncoding, classCount: Int
  ) throws(DataError) -> [FeatureProfile] {
    var profiles: [FeatureProfile] = []
    for item in try element.elements() {
      profiles.append(try profile(item, classCount: classCount))
    }
    guard profiles.isEmpty || fits(profiles, encoding) else {
      throw element.failure("the profiles are not those of the features, in their order")
    }
    return profiles
  }

  private func fits(_ profiles: [FeatureProfile], _ encoding: FeatureEncoding) -> Bool {
    guard profiles.map(\.feature) == encoding.input.features.map(\.name) else { return false }
    return profiles.indices.allSatisfy { index in
      switch profiles[index].bins {
      case .edges: encoding.input.features[index].kind == .numeric
      case .categories(let names):
        encoding.input.features[index].kind == .categorical && names == encoding.categories[index]
      }
    }
  }

  private func profile(
    _ element: JSONElement, classCount: Int
  ) throws(DataError) -> FeatureProfile {
    let bins = try bins(element)
    let countsElement = try element.member("counts")
    var counts: [[Int]] = []
    for row in try countsElement.elements() {
      let tallies = try row.counts()
      guard tallies.count == bins.count else {
        throw row.failure("\(tallies.count) counts for \(bins.count) bins")
      }
      counts.append(tallies)
    }
    let missingElement = try element.member("missing")
    let missing = try missingElement.counts()
    guard counts.count == classCount else {
      throw countsElement.failure("\(counts.count) lists for \(classCount) classes")
    }
    guard missing.count == classCount else {
      throw missingElement.failure("\(missing.count) counts for \(classCount) classes")
    }
    return FeatureProfile(
      feature: try element.member("feature").string(), bins: bins, counts: counts,
      missing: missing)
  }

  private func bins(_ element: JSONElement) throws(DataError) -> FeatureProfile.Bins {
    if let categories = try element.optional("categories") {
      return .categories(try categories.strings())
    }
    let edgesElement = try element.member("edges")
    let edges = try edgesElement.doubles()
    for index in edges.indices.dropFirst() where !(edges[index - 1] < edges[index]) {
      throw edgesElement.failure("the edges are not ascending", at: index)
    }
    return .edges(edges)
  }
}
