import Evaluation
import FeatureTables
import Models

extension TrainingFacts {
  /// What the model file remembers of its training rows, as the search for leaks takes it.
  var fingerprints: TrainingFingerprints {
    TrainingFingerprints(
      rows: rowFingerprints.sample, connections: connectionFingerprints.sample)
  }
}

extension Fingerprints {
  fileprivate var sample: FingerprintSample {
    FingerprintSample(stored: hashes, isComplete: !isSample)
  }
}
