/// A flow that has ended, as its features read it: by reference, because a flow is hundreds of bytes
/// long and would be copied for each of them.
package final class MeasuredFlow<Assembly: FlowAssembly, Accumulators: FlowAccumulators>: Sendable {
  private let flow: FlowState<Assembly, Accumulators>

  init(_ flow: borrowing FlowState<Assembly, Accumulators>) { self.flow = copy flow }

  var key: FlowKey { flow.key }
  /// Nanoseconds of the first packet and of the last.
  var start: Int64 { flow.start }
  var last: Int64 { flow.last }
  var packetCount: UInt32 { flow.packetCount }
  var controlMessage: UInt16 { flow.controlMessage }
  var assembly: Assembly { flow.assembly }
  var accumulators: Accumulators { flow.accumulators }
}
