import FeatureTables
import Foundation

/// Reads and decodes on a thread of its own, some batches ahead of the flows.
enum DecoderThread<FeatureSet: FlowFeatureSet> {
  private static var batchesAhead: Int { 8 }

  /// - Throws: what reading throws, and what `sink` throws; the thread has ended then.
  static func run(
    _ captures: [String], options: ExtractionOptions,
    into sink: (PacketBatch) throws(DataError) -> Void
  ) throws(DataError) {
    let decoded = Channel<Result<PacketBatch, DataError>>(capacity: batchesAhead)
    let used = Channel<PacketBatch>(capacity: .max)
    let done = Channel<Void>(capacity: 1)
    Thread.detachNewThread {
      if case .failure(let error) = Result(catching: { () throws(DataError) in
        try read(captures, options: options, recycling: used, into: decoded)
      }) {
        decoded.send(.failure(error))
      }
      decoded.close()
      done.close()
    }
    defer {
      decoded.cancel()
      _ = done.receive()
    }
    while let batch = try decoded.receive()?.get() {
      try sink(batch)
      used.send(batch)
    }
  }

  private static func read(
    _ captures: [String], options: ExtractionOptions, recycling used: Channel<PacketBatch>,
    into decoded: Channel<Result<PacketBatch, DataError>>
  ) throws(DataError) {
    var packets = try PacketStage<FeatureSet>(captures, options: options)
    while true {
      var batch = used.receiveIfReady() ?? PacketBatch()
      batch.clear()
      guard try packets.fill(&batch), decoded.send(.success(batch)) else { return }
    }
  }
}
