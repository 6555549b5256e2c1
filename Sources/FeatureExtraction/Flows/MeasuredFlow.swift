/// A flow that has ended, as its features read it: where it lies, because a flow is hundreds of
/// bytes long and would be copied for each of them.
@safe package struct MeasuredFlow<Assembly: FlowAssembly, Accumulators: FlowAccumulators> {
  package typealias Ended = FlowTable<Assembly, Accumulators>.Ended

  private let ended: UnsafePointer<Ended>

  /// Hands over views of flows, in order. They are of use as long as `body` runs.
  static func withViews<Result>(of ended: [Ended], _ body: ([MeasuredFlow]) -> Result) -> Result {
    // Safe: the array lives as long as the call, and nothing can change it meanwhile.
    unsafe ended.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return body([]) }
      return body((0..<buffer.count).map { unsafe MeasuredFlow(ended: base + $0) })
    }
  }

  var key: FlowKey { unsafe ended.pointee.flow.key }
  /// Nanoseconds of the first packet and of the last.
  var start: Int64 { unsafe ended.pointee.flow.start }
  var last: Int64 { unsafe ended.pointee.flow.last }
  var packetCount: UInt32 { unsafe ended.pointee.flow.packetCount }
  var controlMessage: UInt16 { unsafe ended.pointee.flow.controlMessage }
  var assembly: Assembly { unsafe ended.pointee.flow.assembly }
  var accumulators: Accumulators { unsafe ended.pointee.flow.accumulators }
}
