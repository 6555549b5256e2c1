import FeatureTables

extension Model {
  /// The members between the format and the digest, in their fixed order.
  func write(to writer: inout JSONWriter, parallel: Parallel) {
    encoding.write(to: &writer)
    writer.member("flow_settings", texts: flowSettings)
    writer.member("classes", strings: classes)
    writer.member("benign_classes", strings: classes.filter { benign.contains($0) })
    writer.member("threshold", object: threshold.write)
    writer.member("estimator") { estimator.write(to: &$0, parallel: parallel) }
    writer.member("training", object: training.write)
    writer.member("metrics", object: metrics.write)
  }
}

extension ValidationMetrics {
  func write(to writer: inout JSONWriter) {
    writer.member("validation", .sortedObject(values.mapValues { .number($0) }))
    writer.member("detail", detail)
  }
}

extension ModelReader {
  func metrics(_ element: JSONElement) throws(DataError) -> ValidationMetrics {
    var values: [String: Double] = [:]
    for (name, value) in try element.member("validation").members() {
      values[name] = try value.double()
    }
    return ValidationMetrics(values: values, detail: try element.member("detail").value())
  }
}
