import CPrefetch

/// The places of a slab in the order in which they were last touched: a doubly linked list in
/// two words a place.
struct RecencyList: ~Copyable {
  private struct Links {
    var previous, next: UInt32
  }

  private static let none = UInt32.max
  private var links: [Links] = []
  private var oldestPlace = RecencyList.none
  private var newestPlace = RecencyList.none

  /// The place not touched for longest, or nil.
  var oldest: Int? { oldestPlace == RecencyList.none ? nil : Int(oldestPlace) }

  /// The place touched next after this one, or nil.
  @inline(__always)
  func newer(than place: Int) -> Int? {
    let next = links[place].next
    return next == RecencyList.none ? nil : Int(next)
  }

  /// Adds a place as the newest; places are reused, and new ones come one by one.
  mutating func append(_ place: Int) {
    if place == links.count {
      links.append(Links(previous: RecencyList.none, next: RecencyList.none))
    }
    link(UInt32(place))
  }

  /// Makes a place the newest.
  @inline(__always)
  mutating func touch(_ place: Int) {
    guard UInt32(truncatingIfNeeded: place) != newestPlace else { return }
    remove(place)
    link(UInt32(truncatingIfNeeded: place))
  }

  /// Asks for the links of a place, which will be touched soon.
  @inline(__always)
  func prefetch(_ place: Int) {
    unsafe links.withUnsafeBufferPointer { links in
      // Safe: a prefetch reads nothing, whatever the address.
      unsafe prefetch_for_writing(links.baseAddress.unsafelyUnwrapped + place)
    }
  }

  mutating func remove(_ place: Int) {
    let (previous, next) = (links[place].previous, links[place].next)
    if previous == RecencyList.none {
      oldestPlace = next
    } else {
      links[Int(previous)].next = next
    }
    if next == RecencyList.none {
      newestPlace = previous
    } else {
      links[Int(next)].previous = previous
    }
  }

  private mutating func link(_ place: UInt32) {
    links[Int(place)] = Links(previous: newestPlace, next: RecencyList.none)
    if newestPlace == RecencyList.none {
      oldestPlace = place
    } else {
      links[Int(newestPlace)].next = place
    }
    newestPlace = place
  }
}
