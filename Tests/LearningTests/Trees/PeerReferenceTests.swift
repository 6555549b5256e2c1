import FeatureTables
import Foundation
import Learning
import Models
import Testing

/// A table by formula, the same in the script below.
private func formulaTable(classCount: Int) -> (matrix: FeatureMatrix, labels: Labels) {
  var columns = [[Double]](repeating: [], count: 3)
  var codes: [Int32] = []
  for i in 0..<240 {
    let first = Double(i * 37 % 101)
    let second = i % 11 == 3 ? Double.nan : Double(i * 53 % 97) / 7
    let third = Double(i * i % 89)
    for (column, value) in [first, second, third].enumerated() { columns[column].append(value) }
    let signal =
      first / 50 + (second.isNaN ? 1.2 : second / 8) + (third > 40 ? 0.8 : 0)
      + Double(i * 29 % 13) / 13
    codes.append(
      classCount == 2 ? (signal > 2.6 ? 1 : 0) : Int32(min(2, Int(signal / 3.9 * 3))))
  }
  return (treeMatrix(columns), treeLabels(codes, classCount: classCount))
}

/// What a peer says: its training log loss, and the probability of the last class in four rows.
struct PeerReference: Sendable {
  let classCount: Int
  var rounds = 1
  let loss: Double
  let probabilities: [Double]

  func expectEqual(
    _ model: TreeEnsemble, _ table: (matrix: FeatureMatrix, labels: Labels),
    within tolerance: Double
  ) {
    let said = model.probabilities(for: table.matrix, parallel: Parallel(threads: 1))
    #expect(abs(meanLogLoss(said, table.labels) - loss) < tolerance)
    for (row, probability) in zip([0, 3, 100, 239], probabilities) {
      #expect(abs(said[(row + 1) * classCount - 1] - probability) < tolerance)
    }
  }
}

// The references come from LightGBM 4.7.0 and scikit-learn, by this script:
//
//   n = 240; i = np.arange(n)
//   X = np.column_stack([(i*37)%101, ((i*53)%97)/7, (i*i)%89]).astype(float); X[i%11==3, 1] = nan
//   s = X[:,0]/50 + np.where(np.isnan(X[:,1]), 1.2, X[:,1]/8) + (X[:,2]>40)*.8 + ((i*29)%13)/13
//   y = (s > 2.6).astype(int)   or, for three classes,   np.minimum(2, (s/3.9*3).astype(int))
//   p = dict(num_leaves=5, learning_rate=.1, lambda_l2=1.5, min_data_in_leaf=1,
//     min_sum_hessian_in_leaf=0, min_data_in_bin=1, deterministic=True, feature_pre_filter=False,
//     enable_bundle=False, num_threads=1, objective='binary')   or   'multiclass', num_class=3
//   lightgbm.train(p, lightgbm.Dataset(X, y, params=p), rounds).predict(X)
//   DecisionTreeClassifier(max_depth=4, min_samples_leaf=4, random_state=0).fit(X, y)
//
// With three classes only four rounds: LightGBM estimates the rows of a leaf from Hessians, and in
// the fifth it takes a leaf of four confident rows for an empty one and passes over its best split.

@Test(arguments: [
  PeerReference(
    classCount: 2, rounds: 20, loss: 0.262155121596112,
    probabilities: [
      0.11356197312102113, 0.28968000773270886, 0.6228151814806331, 0.9027071737846999,
    ]),
  PeerReference(
    classCount: 3, rounds: 4, loss: 0.6202078337414337,
    probabilities: [
      0.3369663268926053, 0.453923899110965, 0.6488941060549898, 0.6794876202510014,
    ]),
])
func boostingAgreesWithLightGBM(reference: PeerReference) throws {
  let table = formulaTable(classCount: reference.classCount)
  var learner = GradientBoosting()
  learner.trees = reference.rounds
  learner.leaves = 5
  learner.l2 = 1.5
  learner.minSamplesLeaf = 1
  learner.minChildWeight = 0
  let model = try learner.fit(
    table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 2))
  // LightGBM keeps gradients as 32-bit floats.
  reference.expectEqual(model, table, within: 1e-6)
}

@Test(arguments: [
  PeerReference(
    classCount: 2, loss: 0.16245295800900664, probabilities: [0, 0, 0.46153846153846156, 1]),
  PeerReference(
    classCount: 3, loss: 0.24734795735332263, probabilities: [0, 0, 0.6666666666666666, 1]),
])
func treeAgreesWithScikitLearn(reference: PeerReference) throws {
  let table = formulaTable(classCount: reference.classCount)
  var learner = RandomForest()
  learner.trees = 1
  learner.bootstrap = false
  learner.featuresPerSplit = .all
  learner.depth = 4
  learner.minSamplesLeaf = 4
  let model = try learner.fit(
    table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
  #expect(model.trees[0].leafCount == 12)
  reference.expectEqual(model, table, within: 1e-12)
}
