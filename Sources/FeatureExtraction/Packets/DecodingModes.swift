/// Which IP header of a packet counts where one lies inside another.
public enum TunnelMode: String, Sendable, CaseIterable {
  /// The outermost: a tunnel is one flow between its ends.
  case outer
  /// The innermost that was captured and can be reached: the flows inside tunnels.
  case inner
}

/// What becomes of the fragments of an IP packet after its first, which have no ports.
public enum FragmentMode: String, Sendable, CaseIterable {
  /// They make a flow of their own, with the real protocol and ports 0.
  case separate
  /// They join the flow of the first, in whatever order they come.
  case join
}
