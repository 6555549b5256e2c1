/// Floats as unsigned integers of the same order: what is sorted and searched instead of them.
enum FloatOrder {
  /// The key of a number that is not NaN. Both zeros have one key, as they compare equal.
  @inline(__always)
  static func key(_ value: Float) -> UInt32 {
    let bits = (value + 0).bitPattern  // -0 + 0 is +0
    let sign = UInt32(bitPattern: Int32(bitPattern: bits) &>> 31)
    return bits ^ (sign | 0x8000_0000)
  }

  /// The number of a key.
  static func value(_ key: UInt32) -> Float {
    Float(bitPattern: key & 0x8000_0000 != 0 ? key ^ 0x8000_0000 : ~key)
  }
}

/// Sorts the first `count` pairs by their key, the upper half, ascending: by digits of 11 bits,
/// lowest first, passing over digits that all keys share.
/// - Complexity: O(*count*).
func sortByKey(_ pairs: Buffer<UInt64>, count: Int, scratch: Buffer<UInt64>) {
  precondition(count <= pairs.count && count <= scratch.count)
  var (source, target) = unsafe (pairs.base, scratch.base)
  var places = [Int](repeating: 0, count: 3 * 2_048)
  for index in 0..<count {
    let pair = unsafe source[index]
    places[Int(truncatingIfNeeded: (pair &>> 32) & 2_047)] &+= 1
    places[2_048 &+ Int(truncatingIfNeeded: (pair &>> 43) & 2_047)] &+= 1
    places[4_096 &+ Int(truncatingIfNeeded: pair &>> 54)] &+= 1
  }
  for digit in 0..<3 {
    let first = 2_048 * digit
    if places[first..<first + 2_048].contains(count) { continue }
    var total = 0
    for value in first..<first + 2_048 { (places[value], total) = (total, total + places[value]) }
    let shift = UInt64(32 + 11 * digit)
    for index in 0..<count {
      let pair = unsafe source[index]
      let value = first &+ Int(truncatingIfNeeded: (pair &>> shift) & 2_047)
      unsafe target[places[value]] = pair
      places[value] &+= 1
    }
    unsafe swap(&source, &target)
  }
  if unsafe source != pairs.base { unsafe pairs.base.update(from: source, count: count) }
}
