/// When flows end, in nanoseconds of packet time.
package struct FlowRules: Sendable, Equatable {
  /// A gap longer than this ends a flow.
  package var idleTimeout: Int64
  /// A packet later than this after the first of a flow starts a new one.
  package var ageLimit: Int64
  /// The most flows in the table at a time; nil for no limit.
  package var maximumFlows: Int?

  /// For a time-out that never comes.
  package static let never = Int64.max

  package init(idleTimeout: Int64, ageLimit: Int64, maximumFlows: Int? = nil) {
    (self.idleTimeout, self.ageLimit) = (idleTimeout, ageLimit)
    self.maximumFlows = maximumFlows
  }
}
