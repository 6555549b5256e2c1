import CPrefetch
import Glibc

/// Room for flows, addressed by place: segments that never move, so that a table grows without
/// copying what it has and without twice the memory for a moment.
///
/// Segments lie on huge pages where the kernel has them: a flow is touched at random, and each of
/// its cache lines would cost a miss of the address cache besides.
@safe struct FlowSlab<Element: BitwiseCopyable>: ~Copyable {
  /// So many that rounding a segment to huge pages wastes next to nothing; pages that are never
  /// touched take no memory.
  private static var placesPerSegment: Int { 1 << 17 }
  private static var hugePage: Int { 1 << 21 }

  private var segments: [UnsafeMutablePointer<Element>] = unsafe []
  /// Places in use or used before.
  private(set) var count = 0

  deinit {
    for index in unsafe segments.indices { unsafe free(segments[index]) }
  }

  /// Adds an element behind the others.
  mutating func append(_ element: Element) {
    if unsafe count == segments.count * Self.placesPerSegment { grow() }
    count += 1
    unsafe pointer(count - 1).initialize(to: element)
  }

  /// The element at a place, as a copy or to be changed where it is.
  subscript(place: Int) -> Element {
    @inline(__always)
    get { unsafe pointer(place).pointee }
    @inline(__always)
    _modify { yield unsafe &pointer(place).pointee }
  }

  /// Looks at an element where it lies.
  @inline(__always)
  func look<Result>(at place: Int, _ body: (borrowing Element) -> Result) -> Result {
    unsafe body(pointer(place).pointee)
  }

  /// Asks for the cache lines of an element, which will be changed soon.
  @inline(__always)
  func prefetch(_ place: Int, bytes: Int) {
    let address = unsafe UnsafeRawPointer(pointer(place))
    var offset = 0
    while offset < bytes {
      unsafe prefetch_for_writing(address + offset)
      offset &+= 64
    }
  }

  /// Safe: places come from `append`, and the range is checked.
  @inline(__always)
  private func pointer(_ place: Int) -> UnsafeMutablePointer<Element> {
    precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "no such place in the slab")
    return unsafe segments[place / Self.placesPerSegment] + place % Self.placesPerSegment
  }

  private mutating func grow() {
    let size = Self.placesPerSegment * MemoryLayout<Element>.stride
    let rounded = (size + Self.hugePage - 1) / Self.hugePage * Self.hugePage
    var memory: UnsafeMutableRawPointer?
    guard unsafe posix_memalign(&memory, Self.hugePage, rounded) == 0, let memory = unsafe memory
    else { fatalError("out of memory for flows; --max-flows bounds them") }
    // A hint only: without it the segment has small pages.
    _ = unsafe madvise(memory, rounded, Int32(MADV_HUGEPAGE))
    unsafe segments.append(memory.assumingMemoryBound(to: Element.self))
  }
}
