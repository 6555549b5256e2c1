/// A fixed run of plain values that several threads may write at once, each in a part of its own.
///
/// The promise that parts never overlap is kept by the callers, all in this folder: one task owns
/// a column, a block of rows or a tree. Kernels take `base` and check their ranges at their border.
@safe package final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
  package let count: Int
  let base: UnsafeMutablePointer<Element>

  package init(count: Int, repeating value: Element) {
    self.count = count
    unsafe base = .allocate(capacity: max(1, count))
    unsafe base.initialize(repeating: value, count: count)
  }

  /// Without values: each has to be written before it is read.
  init(uninitialized count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: max(1, count))
  }

  package init(_ elements: [Element]) {
    count = elements.count
    unsafe base = .allocate(capacity: max(1, count))
    for (index, element) in elements.enumerated() { unsafe base[index] = element }
  }

  deinit { unsafe base.deallocate() }

  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }

  /// A copy of a part.
  package func elements(in range: Range<Int>) -> [Element] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }
}
