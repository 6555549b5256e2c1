/// Sorts rows by code: a few by insertion, more by digits of eight bits.
///
/// - Parameters:
///   - rows: whose codes are from `lowest` to `highest`.
///   - scratch: of the same size.
/// - Returns: the sorted rows, in one of the two.
func sortByCode(
  _ rows: UnsafeMutableBufferPointer<ForestRow>, scratch: UnsafeMutableBufferPointer<ForestRow>,
  lowest: Int, highest: Int
) -> UnsafeMutableBufferPointer<ForestRow> {
  precondition(rows.count == scratch.count && !rows.isEmpty)
  let fewRows = 40
  if rows.count <= fewRows {
    unsafe sortByInsertion(rows)
    return unsafe rows
  }
  var (source, target) = unsafe (rows, scratch)
  var shift = 0
  while (highest &- lowest) &>> shift > 0 {
    unsafe sortByDigit(source, into: target, lowest: lowest, shift: shift)
    unsafe swap(&source, &target)
    shift += 8
  }
  return unsafe source
}

private func sortByInsertion(_ rows: UnsafeMutableBufferPointer<ForestRow>) {
  let base = unsafe rows.baseAddress.unsafelyUnwrapped
  for index in 1..<rows.count {
    let row = unsafe base[index]
    var place = index
    while unsafe place > 0 && base[place &- 1].bits > row.bits {
      unsafe base[place] = base[place &- 1]
      place &-= 1
    }
    unsafe base[place] = row
  }
}

/// Stable, so that the digits may be taken from the lowest to the highest.
private func sortByDigit(
  _ source: UnsafeMutableBufferPointer<ForestRow>,
  into target: UnsafeMutableBufferPointer<ForestRow>, lowest: Int, shift: Int
) {
  // Safe: a digit is below 256, and the places are those of a permutation.
  let (from, to) = unsafe (
    source.baseAddress.unsafelyUnwrapped, target.baseAddress.unsafelyUnwrapped
  )
  let count = source.count
  unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { buffer in
    unsafe buffer.initialize(repeating: 0)
    let places = unsafe buffer.baseAddress.unsafelyUnwrapped
    for index in 0..<count {
      unsafe places[((from[index].code &- lowest) &>> shift) & 255] &+= 1
    }
    var total: UInt32 = 0
    for digit in 0..<256 {
      let size = unsafe places[digit]
      unsafe places[digit] = total
      total &+= size
    }
    for index in 0..<count {
      let row = unsafe from[index]
      let digit = ((row.code &- lowest) &>> shift) & 255
      unsafe to[Int(truncatingIfNeeded: places[digit])] = row
      unsafe places[digit] &+= 1
    }
  }
}
