import FeatureTables

/// From packet captures to flows with features and labels.
///
/// Several captures are one stream of packets, ordered by the time of their first: a flow may
/// begin in one file and end in another. Rows come in the order in which flows end: those ended
/// by a packet with it, those that fell idle when packet time had moved on, the rest at the end
/// of the input, each time the one not seen for longest first. The order depends on the packets
/// alone.
public enum FlowExtraction {
  /// Reads captures and hands each flow to `sink` as it ends.
  /// - Parameters:
  ///   - captures: files, or `-` for standard input.
  ///   - progress: called now and then with the count of packets read so far.
  /// - Returns: the account of packets and flows.
  /// - Throws: `DataError` of kind `noInput` or `badData` where a file is not there or is no
  ///   capture, `badData` with the account where nothing could be metered, `usage` for options
  ///   out of bounds, and what `sink` throws. A damaged tail is no error: the account has it.
  public static func extract(
    _ captures: [String], options: ExtractionOptions = ExtractionOptions(),
    progress: (Int) -> Void = { _ in },
    into sink: (FlowRow) throws(DataError) -> Void
  ) throws(DataError) -> ExtractionAccount {
    guard !captures.isEmpty else {
      throw DataError(
        .usage, file: "captures", problem: "none is given", remedy: "name at least one file")
    }
    return try FeatureSets.named(options.featureSet).extract(
      captures, options: options, progress: progress, into: sink)
  }

  /// The flows of captures as a table in memory.
  /// - Throws: as `extract`.
  public static func table(
    _ captures: [String], options: ExtractionOptions = ExtractionOptions(),
    progress: (Int) -> Void = { _ in }
  ) throws(DataError) -> (LabeledTable, ExtractionAccount) {
    var builder = FlowTableBuilder(schema: try FeatureSets.schema(named: options.featureSet))
    let account = try builder.add(captures, options: options, progress: progress)
    return (builder.table(settings: try options.settings()), account)
  }

  /// The flows of captures that have one class each, as one table in memory. Each entry is an
  /// extraction of its own: no flow spans two of them.
  /// - Throws: as `extract`, also where one entry alone gives no flow.
  public static func table(
    _ labeled: [(captures: [String], label: String)],
    options: ExtractionOptions = ExtractionOptions(), progress: (Int) -> Void = { _ in }
  ) throws(DataError) -> (LabeledTable, ExtractionAccount) {
    var builder = FlowTableBuilder(schema: try FeatureSets.schema(named: options.featureSet))
    var account: ExtractionAccount?
    for (captures, label) in labeled {
      var options = options
      options.labels = .constant(label)
      let part = try builder.add(captures, options: options, progress: progress)
      account = account.map { $0 + part } ?? part
    }
    return (builder.table(settings: try options.settings()), account ?? ExtractionAccount())
  }
}
