import FeatureTables

/// The curves behind an evaluation, as a report draws them.
public struct EvaluationCurves: Sendable, Equatable, Codable {
  /// Each class against the rest: of two classes the second only, of more all in their order.
  public let classes: [ClassCurves]
  /// Alarms against the truth; nil where the classes are all benign, or none is.
  public let alarms: AlarmCurves?

  /// Finer than a line on a screen.
  public static let drawnResolution = 250

  /// - Parameters:
  ///   - volumes: packets and bytes behind each row, as far as they are known.
  ///   - threshold: from which malicious score on the model raises an alarm; nil where the
  ///     likeliest class decides.
  ///   - resolution: points of a curve nearer than 1 / resolution are left out; nil for all points.
  /// - Complexity: O(classes x rows x log rows).
  public init(
    _ predictions: Predictions, volumes: TrafficVolumes = TrafficVolumes(),
    threshold: Double? = nil, resolution: Int? = EvaluationCurves.drawnResolution,
    parallel: Parallel = Parallel()
  ) {
    let codes = predictions.classes.count == 2 ? [1] : Array(predictions.classes.indices)
    classes = parallel.map(codes.count) {
      ClassCurves(predictions, code: codes[$0], resolution: resolution)
    }
    let isMalicious = predictions.isMalicious
    alarms =
      isMalicious.contains(true) && isMalicious.contains(false)
      ? AlarmCurves(
        predictions, volumes: volumes, threshold: threshold, resolution: resolution) : nil
  }
}
