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
    parallel: Parallel = Parallel(), progress: (Int) -> Void = { _ in },
    into sink: (FlowRow) throws(DataError) -> Void
  ) throws(DataError) -> ExtractionAccount {
    try extract(
      captures, options: options, parallel: parallel, progress: progress, rendering: { $0 },
      into: { (batch) throws(DataError) in
        for row in 0..<batch.count { try sink(batch[row]) }
      })
  }

  /// Reads captures and hands what becomes of the flows to `sink`, in the order of their end.
  /// - Parameters:
  ///   - parallel: with more than one thread, reading and rendering have threads of their own.
  ///     The result is the same.
  ///   - render: makes of some flows what the sink wants; called on any thread.
  ///   - sink: called on this thread.
  /// - Returns: the account of packets and flows.
  /// - Throws: as `extract(_:options:parallel:progress:into:)`.
  public static func extract<Output: Sendable>(
    _ captures: [String], options: ExtractionOptions = ExtractionOptions(),
    parallel: Parallel = Parallel(), progress: (Int) -> Void = { _ in },
    rendering render: @escaping @Sendable (FlowBatch) -> Output,
    into sink: (Output) throws(DataError) -> Void
  ) throws(DataError) -> ExtractionAccount {
    guard !captures.isEmpty else {
      throw DataError(
        .usage, file: "captures", problem: "none is given", remedy: "name at least one file")
    }
    let set = try FeatureSets.named(options.featureSet)
    let labeler = try options.labeler(for: set)
    var flows = FlowCounts(labels: labeler.noCounts)
    func deliver(_ output: (FlowCounts, Output)) throws(DataError) {
      flows += output.0
      try sink(output.1)
    }
    var workers = OrderedWorkers<PendingBatch, (FlowCounts, Output)>(threads: parallel.threads) {
      let batch = $0()
      return (FlowCounts(batch), render(batch))
    }
    var account = try set.meter(
      captures, options: options, labeler: labeler, threads: parallel.threads, progress: progress
    ) { (pending) throws(DataError) in
      try workers.submit(pending, deliver: deliver)
    }
    try workers.finish(deliver: deliver)
    account.flows = flows.account
    account.rules = labeler.rules(flows.labels)
    account.alerts = labeler.alerts(flows.labels)
    return account
  }

  /// The flows of captures as a table in memory.
  /// - Throws: as `extract`.
  public static func table(
    _ captures: [String], options: ExtractionOptions = ExtractionOptions(),
    parallel: Parallel = Parallel(), progress: (Int) -> Void = { _ in }
  ) throws(DataError) -> (LabeledTable, ExtractionAccount) {
    var builder = FlowTableBuilder(schema: try FeatureSets.schema(named: options.featureSet))
    let account = try builder.add(
      captures, options: options, parallel: parallel, progress: progress)
    return (builder.table(settings: try options.settings()), account)
  }

  /// The flows of captures that have one class each, as one table in memory. Each entry is an
  /// extraction of its own: no flow spans two of them.
  /// - Throws: as `extract`, also where one entry alone gives no flow.
  public static func table(
    _ labeled: [(captures: [String], label: String)],
    options: ExtractionOptions = ExtractionOptions(), parallel: Parallel = Parallel(),
    progress: (Int) -> Void = { _ in }
  ) throws(DataError) -> (LabeledTable, ExtractionAccount) {
    var builder = FlowTableBuilder(schema: try FeatureSets.schema(named: options.featureSet))
    var account: ExtractionAccount?
    for (captures, label) in labeled {
      var options = options
      options.labels = .constant(label)
      let part = try builder.add(captures, options: options, parallel: parallel, progress: progress)
      account = account.map { $0 + part } ?? part
    }
    return (builder.table(settings: try options.settings()), account ?? ExtractionAccount())
  }
}
