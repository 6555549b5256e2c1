import FeatureTables
import Learning
import LinearAlgebra
import Testing

@Suite struct DerivativeTests {
  /// A problem with several blocks, a last one that is short, and all parts of the penalty.
  private func problem(classCount: Int, intercept: Bool) -> (LogisticProblem, size: Int) {
    let (matrix, codes) = syntheticRows(1_100, seed: 30)
    let width = intercept ? 5 : 4
    let size = width * (classCount == 2 ? 1 : classCount)
    let problem = LogisticProblem(
      rows: StandardizedRows(
        matrix, columns: [0, 1, 2, 5], centers: [0.1, 480, 0, 0, 0, 0.5],
        scales: [0.6, 290, 1.2, 1, 1, 0.3], hasIntercept: intercept),
      loss: SoftmaxLoss(
        codes: codes.map { Int($0) % classCount }, weights: codes.indices.map { Double($0 % 5) },
        classCount: classCount),
      penalty: PenaltyFactors(
        l1: Array(repeating: 0, count: size), l2: (0..<size).map { 1 + Double($0) / 10 }),
      parallel: Parallel(threads: 2))
    return (problem, size)
  }

  private func point(_ size: Int) -> Vector {
    var generator = RandomGenerator(seed: 31)
    return (0..<size).map { _ in 2 * generator.uniform() - 1 }
  }

  private func value(_ problem: LogisticProblem, _ point: Vector) -> Double {
    problem.loss(at: problem.margins(of: point)) + problem.penalty.value(at: point)
  }

  @Test(arguments: [2, 3], [true, false])
  func gradientIsThatOfFiniteDifferences(classCount: Int, intercept: Bool) {
    let (problem, size) = problem(classCount: classCount, intercept: intercept)
    let point = point(size)
    let gradient = problem.gradient(at: point, margins: problem.margins(of: point))
    for index in 0..<size {
      var (ahead, behind) = (point, point)
      ahead[index] += 1e-5
      behind[index] -= 1e-5
      let difference = (value(problem, ahead) - value(problem, behind)) / 2e-5
      #expect(abs(gradient[index] - difference) < 1e-5 * max(1, abs(difference)))
    }
  }

  @Test(arguments: [2, 3], [true, false])
  func hessianIsThatOfFiniteDifferences(classCount: Int, intercept: Bool) {
    let (problem, size) = problem(classCount: classCount, intercept: intercept)
    let point = point(size)
    let hessian = problem.expansion(at: point, margins: problem.margins(of: point)).hessian
    for column in 0..<size {
      var (ahead, behind) = (point, point)
      ahead[column] += 1e-5
      behind[column] -= 1e-5
      let first = problem.gradient(at: ahead, margins: problem.margins(of: ahead))
      let second = problem.gradient(at: behind, margins: problem.margins(of: behind))
      for row in 0..<size {
        let difference = (first[row] - second[row]) / 2e-5
        #expect(abs(hessian[row, column] - difference) < 1e-5 * max(1, abs(difference)))
      }
    }
  }

  @Test(arguments: [true, false])
  func curvatureAlongADirectionIsTheHessiansProduct(intercept: Bool) {
    let (problem, size) = problem(classCount: 3, intercept: intercept)
    let (point, width) = (point(size), size / 3)
    // No part along what the Hessian adds to keep intercepts at a sum of zero.
    var direction = (0..<size).map { Double($0 % 7) - 2 }
    if intercept {
      let intercepts = (1...3).map { $0 * width - 1 }
      let mean = intercepts.reduce(0) { $0 + direction[$1] } / 3
      for index in intercepts { direction[index] -= mean }
    }
    let margins = problem.margins(of: point)
    let product = problem.curvature(along: direction, margins: margins)
    let expected = problem.expansion(at: point, margins: margins).hessian.times(direction)
    for (value, other) in zip(product, expected) {
      #expect(abs(value - other) < 1e-9 * max(1, abs(other)))
    }
  }

  @Test(arguments: [2, 3])
  func lossAlongADirectionIsThatOfTheMovedPoint(classCount: Int) {
    let (problem, size) = problem(classCount: classCount, intercept: true)
    let (point, direction) = (point(size), (0..<size).map { 0.3 - Double($0) / 10 })
    let margins = problem.margins(of: point)
    let table = problem.margins(of: direction)
    let along = problem.loss(at: margins, step: 0.7, direction: table)
    let moved = zip(point, direction).map { $0 + 0.7 * $1 }
    let expected = problem.loss(at: problem.margins(of: moved))
    #expect(abs(along.value / expected - 1) < 1e-13)
    let ahead = problem.loss(at: margins, step: 0.7 + 1e-5, direction: table).value
    let behind = problem.loss(at: margins, step: 0.7 - 1e-5, direction: table).value
    #expect(abs(along.slope - (ahead - behind) / 2e-5) < 1e-4 * max(1, abs(along.slope)))
  }
}
