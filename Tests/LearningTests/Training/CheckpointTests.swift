import FeatureTables
import Foundation
import Learning
import Models
import Synchronization
import TestSupport
import Testing

/// Checkpoints in files, and models to begin with.
struct CheckpointTests {
  private let folder: TemporaryFolder
  private let table: LabeledTable
  private let other: LabeledTable

  init() throws {
    folder = try TemporaryFolder()
    let rows = noisyTable(rowCount: 300, classCount: 2)
    table = LabeledTable(matrix: rows.matrix, labels: rows.labels)
    let more = noisyTable(rowCount: 300, classCount: 2, seed: 2)
    other = LabeledTable(matrix: more.matrix, labels: more.labels)
  }

  private func training(
    _ learner: LearnerName = .gradientBoosting, _ settings: [String] = [], seed: UInt64 = 0,
    resumes: Bool? = nil
  ) throws -> Training {
    var standard = ["trees=10"]
    if learner == .gradientBoosting { standard += ["subsample=0.6", "feature_fraction=0.7"] }
    var training = Training(
      try HyperparameterSettings(learner, parsing: standard + settings), seed: seed)
    training.checkpoints = resumes.map {
      CheckpointPlan(path: folder.path("half"), interval: 4, resumes: $0)
    }
    return training
  }

  private func bytes(_ training: Training, _ table: LabeledTable? = nil) throws -> [UInt8] {
    let stopping = training.settings.assigned["early_stopping_rounds"].map { _ in other }
    let trained = try training.fit(
      table ?? self.table, validation: stopping, parallel: Parallel(threads: 2))
    return try ModelDocument.bytes(of: trained.model).bytes
  }

  @Test(arguments: [
    (LearnerName.gradientBoosting, [String]()), (.gradientBoosting, ["early_stopping_rounds=50"]),
    (
      .gradientBoosting,
      ["sampling=goss", "subsample=1", "monotone_constraints=column_0:+1,column_3:-1"]
    ),
    (.randomForest, []),
  ])
  func aResumedFitGivesTheSameBytes(learner: LearnerName, settings: [String]) throws {
    let plain = try bytes(training(learner, settings))
    #expect(try bytes(training(learner, settings, resumes: false)) == plain)
    #expect(try folder.names() == ["half"], "written whole, nothing beside it")
    let events = Mutex<[TrainingEvent]>([])
    var resumed = try training(learner, settings, resumes: true)
    resumed.observe = { event in events.withLock { $0.append(event) } }
    #expect(try bytes(resumed) == plain)
    #expect(
      Set(events.withLock { $0.map(\.words) }) == ["resumed 8", "grown 9/10", "grown 10/10"])
  }

  private func expectRefusal(
    _ words: String, _ training: Training, _ table: LabeledTable? = nil
  ) {
    #expect {
      try bytes(training, table)
    } throws: { error in
      guard let error = error as? DataError else { return false }
      #expect(error.description.contains(words), "\(error)")
      return error.exitCode == 65 && error.file == folder.path("half")
    }
  }

  @Test func aCheckpointOfAnotherFitIsRefused() throws {
    _ = try bytes(training(resumes: false))
    try expectRefusal("other rows", training(resumes: true), other)
    let relabeled = LabeledTable(
      matrix: table.matrix,
      labels: treeLabels(table.labels.codes.enumerated().map { $0.offset == 7 ? 0 : $0.element }))
    #expect(relabeled.labels != table.labels)
    try expectRefusal("other rows", training(resumes: true), relabeled)
    try expectRefusal(
      "with leaves=31, not leaves=7", training(.gradientBoosting, ["leaves=7"], resumes: true))
    try expectRefusal(
      "with trees=10, not trees=12", training(.gradientBoosting, ["trees=12"], resumes: true))
    try expectRefusal("with seed 0, not 1", training(seed: 1, resumes: true))
    try expectRefusal("a fit of gradient-boosting", training(.randomForest, resumes: true))
    var warm = try training(resumes: true)
    warm.warmStart = try training(.gradientBoosting, ["trees=3"]).fit(table).model
    expectRefusal("began with other trees", warm)
  }

  /// Whatever is done to the file is noticed, and a program of another version does not go on.
  @Test func aChangedFileIsRefused() throws {
    _ = try bytes(training(resumes: false))
    let whole = String(decoding: try folder.bytes("half"), as: UTF8.self)
    func expect(_ words: String, _ text: String) throws {
      try folder.file("half", text)
      try expectRefusal(words, training(resumes: true))
    }
    try expect("its digest is another", whole.replacing("\"seed\": 0", with: "\"seed\": 1"))
    try expect("ends too early", String(whole.prefix(whole.count / 2)))
    try expect("is no checkpoint", "{\"format\": \"flowmeter-model\"}")
    try expect("another version", whole.replacing("\"1.0\"", with: "\"9.0\""))
    // With the digest in order, the version of the program still differs.
    let older = whole.replacing(
      "\"tool_version\": \"\(flowMeterVersion)\"", with: "\"tool_version\": \"0.0.1\"")
    let body = older.prefix(upTo: try #require(older.range(of: "\"digest\"")).lowerBound)
    try expect(
      "was written by flowmeter 0.0.1",
      body + "\"digest\": \"\(Digest.hexadecimal(body.utf8))\"\n}\n")
    try FileManager.default.removeItem(atPath: folder.path("half"))
    #expect(throws: DataError.self) { try bytes(training(resumes: true)) }
  }

  @Test func aFolderThatIsNotThereStopsTheFit() throws {
    var training = try training()
    training.checkpoints = CheckpointPlan(path: folder.path("no/where"), interval: 2)
    #expect {
      try bytes(training)
    } throws: { error in
      guard case FitError.checkpoint(let error) = error else { return false }
      return error.exitCode == 73
    }
  }

  @Test(arguments: [LearnerName.gradientBoosting, .randomForest])
  func aWarmStartIsOneFitWithAllTheTrees(learner: LearnerName) throws {
    var warm = try training(learner)
    warm.warmStart = try training(learner, ["trees=4"]).fit(table).model
    #expect(try bytes(warm) == bytes(training(learner)))
  }

  @Test func aWarmStartWithOtherRowsSaysSo() throws {
    var warm = try training()
    warm.warmStart = try training(.gradientBoosting, ["trees=4"]).fit(other).model
    let model = try warm.fit(table).model
    #expect(
      model.training.hyperparameters["warm_start"]
        == .string("4 trees grown on 300 rows in another fit"))
    #expect(model.estimator.trees.count == 10)
    #expect(Array(model.estimator.trees.prefix(4)) == warm.warmStart?.estimator.trees)
  }

  @Test func aWarmStartThatDoesNotFitIsRefused() throws {
    var warm = try training(.randomForest)
    warm.warmStart = try training(.gradientBoosting, ["trees=4"]).fit(table).model
    #expect(throws: DataError.self) { try warm.fit(table) }
    var wider = try training()
    wider.warmStart = warm.warmStart
    let three = noisyTable(rowCount: 200, classCount: 3)
    #expect {
      try wider.fit(LabeledTable(matrix: three.matrix, labels: three.labels))
    } throws: { error in
      (error as? DataError)?.problem.contains("does not know the class 'class2'") == true
    }
    let columns = LabeledTable(
      matrix: table.matrix.columns([0, 1]), labels: table.labels)
    #expect(throws: DataError.self) { try wider.fit(columns) }
  }
}

extension TrainingEvent {
  fileprivate var words: String {
    switch self {
    case .resumed(let trees): "resumed \(trees)"
    case .grown(let trees, let total): "grown \(trees)/\(total)"
    case .keeping: "keeping"
    case .kept(let trees): "kept \(trees)"
    }
  }
}
