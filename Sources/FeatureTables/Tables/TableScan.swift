/// Reads a text table block by block: one thread reads the file, others make rows of the text.
enum TableScan {
  /// - Parameters:
  ///   - headerRecords: records before the first row of data.
  ///   - read: adds the rows of a block. What it throws ends the scan, unless an earlier block has
  ///     something to say.
  /// - Throws: `DataError` for rows that cannot be read, an open quote, a damaged file. What comes
  ///   first in the file is what is thrown, for any number of threads.
  static func run(
    _ input: consuming TextInput, dialect: TextDialect, headerRecords: Int, plan: ScanPlan,
    parallel: Parallel,
    read: @escaping @Sendable (TextBlock, inout RowBlock) throws(RowProblem) -> Void
  ) throws(DataError) -> ScannedTable {
    let layout = ColumnLayout(plan)
    let file = input.name
    var cutter = BlockCutter(input, dialect: dialect)
    var builder = TableBuilder(plan: plan, layout: layout, file: file)
    // Where a block must know what the ones before it hold, they go one after the other.
    let isInOrder = plan.rowLimit != .max || plan.trailer != nil
    var workers = OrderedWorkers(threads: isInOrder ? 1 : parallel.threads) { (block: TextBlock) in
      rows(of: block, dialect, plan, layout, read)
    }
    var failure: DataError?
    var headerRecords = headerRecords
    reading: while builder.room > 0 {
      switch Result(catching: { () throws(DataError) in try cutter.next() }) {
      case .success(.block(var block)):
        block.headerRecords = headerRecords
        block.rowLimit = builder.room
        block.isInTrailer = builder.isInTrailer
        headerRecords = 0
        try workers.submit(block) { rows throws(DataError) in try builder.append(rows) }
      case .success(.end): break reading
      case .success(.longRecord):
        try workers.finish { rows throws(DataError) in try builder.append(rows) }
        throw longRecord(file, line: builder.lineCount + 1)
      case .failure(let error):
        failure = error
        break reading
      }
    }
    try workers.finish { rows throws(DataError) in try builder.append(rows) }
    if let failure { throw failure }
    let digest = builder.room > 0 ? cutter.digest : ""
    return builder.finish(digest: digest)
  }

  private static func rows(
    of block: TextBlock, _ dialect: TextDialect, _ plan: ScanPlan, _ layout: ColumnLayout,
    _ read: (TextBlock, inout RowBlock) throws(RowProblem) -> Void
  ) -> RowBlock {
    var rows = RowBlock(block, dialect: dialect, plan: plan, layout: layout)
    do throws(RowProblem) {
      try read(block, &rows)
    } catch {
      rows.problem = error
    }
    return rows
  }

  private static func longRecord(_ file: String, line: Int) -> DataError {
    let limit = BlockCutter.longestRecord >> 20
    return DataError(
      file: file, place: .line(line),
      problem: "a record goes on for more than \(limit) megabytes",
      remedy: "look for a quote that is never closed from this line on")
  }
}
