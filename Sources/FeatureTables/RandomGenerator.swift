/// A seeded generator of random numbers that gives the same sequence everywhere: SplitMix64
/// (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
public struct RandomGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// - Parameter seed: any number; the same one gives the same sequence.
  public init(seed: UInt64) { state = seed }

  /// A generator of its own for part `stream` of the work, so that parts can run in any order.
  public init(seed: UInt64, stream: UInt64) {
    state = RandomGenerator.mixed(seed &+ 0x9E37_79B9_7F4A_7C15 &* (stream &+ 1))
  }

  /// The next 64 bits. The sequence repeats itself after 2^64 of them.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return RandomGenerator.mixed(state)
  }

  /// Uniform in [0, 1), on a grid of 2^-53.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in 0..<bound, by multiplication and rejection (Lemire 2019), so that the sequence
  /// does not depend on the standard library.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0)
    let limit = UInt64(bound)
    var product = next().multipliedFullWidth(by: limit)
    if product.low < limit {
      let threshold = (0 &- limit) % limit
      while product.low < threshold { product = next().multipliedFullWidth(by: limit) }
    }
    return Int(product.high)
  }

  /// Fisher and Yates; the same order on every platform for the same state.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, below(last + 1))
    }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
