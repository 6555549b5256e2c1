/// Leaves out points of a curve that nobody could see.
package enum CurveThinning {
  /// The indices of the points to keep: the first, the last, and each that lies more than
  /// `distance` from the last one kept in some coordinate. What is left out lies within `distance`
  /// of a point that is kept, in every coordinate.
  /// - Parameters:
  ///   - count: how many points there are.
  ///   - distance: 0 keeps all points that differ from their neighbors.
  ///   - coordinates: of a point by its index, each from 0 to 1.
  package static func kept(
    count: Int, distance: Double, coordinates: (Int) -> [Double]
  ) -> [Int] {
    guard count > 2 else { return Array(0..<count) }
    var kept = [0]
    var last = coordinates(0)
    for index in 1..<(count - 1) {
      let point = coordinates(index)
      guard zip(point, last).contains(where: { abs($0 - $1) > distance }) else { continue }
      kept.append(index)
      last = point
    }
    return kept + [count - 1]
  }

  /// The elements to keep; all of them where `resolution` is nil.
  static func thinned<Element>(
    _ points: [Element], resolution: Int?, coordinates: (Element) -> [Double]
  ) -> [Element] {
    guard let resolution else { return points }
    return kept(count: points.count, distance: 1 / Double(resolution)) {
      coordinates(points[$0])
    }.map { points[$0] }
  }
}
