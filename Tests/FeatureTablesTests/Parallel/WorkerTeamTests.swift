import FeatureTables
import Synchronization
import Testing

@Suite struct WorkerTeamTests {
  /// Every index once, round after round, with pauses long enough for the helpers to fall asleep.
  @Test(arguments: [1, 2, 4])
  func everyIndexIsDoneOnce(threads: Int) async throws {
    let team = WorkerTeam(threads: threads)
    for round in 0..<2_000 {
      let count = round % 17
      let sum = Atomic<Int>(0)
      team.forEach(count) { sum.wrappingAdd(1 << $0, ordering: .relaxed) }
      #expect(sum.load(ordering: .relaxed) == (1 << count) - 1)
      if round % 500 == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }
  }

  @Test func manyTeamsComeAndGo() {
    let total = Atomic<Int>(0)
    for _ in 0..<200 {
      WorkerTeam(threads: 3).forEach(5) { total.wrappingAdd($0, ordering: .relaxed) }
    }
    #expect(total.load(ordering: .relaxed) == 2_000)
  }
}
