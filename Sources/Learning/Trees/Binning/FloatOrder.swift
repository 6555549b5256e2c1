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

/// Sorts the first `count` keys, ascending: by digits of 11 bits, lowest first, passing over
/// digits that all keys share.
/// - Complexity: O(*count*).
func sortKeys(_ keys: Buffer<UInt32>, count: Int, scratch: Buffer<UInt32>) {
  precondition(count <= keys.count && count <= scratch.count)
  var (source, target) = unsafe (keys.base, scratch.base)
  var offsets = [Int](repeating: 0, count: 2_048)
  for shift in [UInt32(0), 11, 22] {
    for digit in offsets.indices { offsets[digit] = 0 }
    for index in 0..<count { unsafe offsets[Int((source[index] &>> shift) & 2_047)] += 1 }
    if offsets.contains(count) { continue }
    var total = 0
    for digit in offsets.indices { (offsets[digit], total) = (total, total + offsets[digit]) }
    for index in 0..<count {
      let key = unsafe source[index]
      let digit = Int((key &>> shift) & 2_047)
      unsafe target[offsets[digit]] = key
      offsets[digit] &+= 1
    }
    unsafe swap(&source, &target)
  }
  if unsafe source != keys.base { unsafe keys.base.update(from: source, count: count) }
}
