import FeatureTables

extension Threshold {
  func write(to writer: inout JSONWriter) {
    writer.member("method", .string(method.rawValue))
    writer.member("value", value.map { .number($0) } ?? .null)
    writer.member("chosen_on", .string(chosenOn))
    writer.member("interval", interval.json)
    guard !measured.isEmpty else { return }
    writer.member("measured", array: measured) { writer, measurement in
      writer.object { writer in
        writer.member("name", .string(measurement.name))
        writer.member("value", .number(measurement.value))
        writer.member("interval", measurement.interval.json)
      }
    }
  }
}

extension ClosedRange<Double>? {
  /// Two numbers, or null.
  fileprivate var json: JSONValue {
    map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
  }
}

extension ModelReader {
  func threshold(_ element: JSONElement) throws(DataError) -> Threshold {
    let method = Threshold.Method(rawValue: try element.member("method").string())
    let value = try element.member("value")
    guard (method == .likeliest) == value.isNull else {
      throw value.failure("a value goes with every method but 'likeliest', and only with those")
    }
    let chosenOn = try element.member("chosen_on").string()
    let interval = try interval(element.member("interval"))
    if value.isNull { return .likeliest }
    let number = try value.double()
    guard 0...1 ~= number else { throw value.failure("\(number) does not lie from 0 to 1") }
    return Threshold(
      method, value: number, chosenOn: chosenOn, interval: interval,
      measured: try measurements(element))
  }

  /// None in documents of version 1.0.
  private func measurements(
    _ element: JSONElement
  ) throws(DataError) -> [Threshold.Measurement] {
    var measurements: [Threshold.Measurement] = []
    for item in try element.optional("measured")?.elements() ?? [] {
      measurements.append(
        Threshold.Measurement(
          try item.member("name").string(), try item.member("value").double(),
          interval: try interval(item.member("interval"))))
    }
    return measurements
  }

  private func interval(_ element: JSONElement) throws(DataError) -> ClosedRange<Double>? {
    if element.isNull { return nil }
    let ends = try element.doubles()
    guard ends.count == 2, ends[0] <= ends[1] else {
      throw element.failure("an interval is two numbers, the smaller first")
    }
    return ends[0]...ends[1]
  }
}
