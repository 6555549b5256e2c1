import Glibc

/// Memory for many numbers in pages of two megabytes, which the system hands out and clears faster
/// than five hundred small ones.
enum LargePages {
  private static let size = 1 << 21

  /// Asks for them for a buffer that nobody has touched yet; what lies in them is not changed.
  static func prefer(_ buffer: UnsafeMutableBufferPointer<Double>) {
    let bytes = UnsafeMutableRawBufferPointer(buffer)
    guard let base = bytes.baseAddress, bytes.count >= 4 * size else { return }
    let start = unsafe base.alignedUp(toMultipleOf: size)
    let end = unsafe (base + bytes.count).alignedDown(toMultipleOf: size)
    // Advice on whole pages within the buffer; that it may be refused does no harm.
    _ = unsafe madvise(start, end - start, Int32(MADV_HUGEPAGE))
  }
}
