import FeatureTables
import Models

/// From a labeled table to a model: encode, fit, and write down what the model was made of.
public struct Training: Sendable {
  /// The learner and its hyperparameters.
  public var settings: HyperparameterSettings
  /// What to do with values that are not finite, at training and at use.
  public var nonfinite: NonfinitePolicy
  /// Random choices start from it.
  public var seed: UInt64
  /// Whether a random forest is judged by the rows that its trees did not draw.
  public var judgesOutOfBag = false
  /// Whether a logistic regression tells the standard errors of its coefficients, where they are
  /// defined.
  public var tellsStandardErrors = false
  /// A model to begin with, whose trees the fit adds to until there are `trees`; its encoding and
  /// its classes hold. `TreeFitCourse.start` says when that is the fit of all the trees at once. No
  /// out-of-bag score is told then: nobody knows which rows the first trees drew.
  public var warmStart: Model?
  /// Where the trees so far are kept; nil for nowhere, and of no use to logistic regression.
  public var checkpoints: CheckpointPlan?
  /// Called with what happens on the way.
  public var observe: (@Sendable (TrainingEvent) -> Void)?

  /// - Parameters:
  ///   - nonfinite: what to do with values that are not finite.
  ///   - seed: what random choices start from.
  public init(
    _ settings: HyperparameterSettings, nonfinite: NonfinitePolicy = .missing, seed: UInt64 = 0
  ) {
    self.settings = settings
    self.nonfinite = nonfinite
    self.seed = seed
  }

  /// Fits a model to the labeled rows of a table. Its classes are those that have rows.
  /// - Parameters:
  ///   - validation: rows that tell when to stop early; they teach nothing else.
  ///   - split: in words, how rows were set aside, for the model's training facts.
  /// - Throws: `FitError`; `DataError` for a value that the policy refuses.
  public func fit(
    _ table: LabeledTable, validation: LabeledTable? = nil, split: String = "none",
    parallel: Parallel = Parallel()
  ) throws -> TrainedModel {
    let clock = ContinuousClock()
    let start = clock.now
    let table = try adopted(table)
    let encoding =
      warmStart?.encoding
      ?? FeatureEncoding.fit(to: table.labeledRows.matrix, nonfinite: nonfinite)
    let prepared = try prepare(table, encoding: encoding, classes: warmStart?.classes)
    // Without a stopping rule every round counts, and looking at the rows would cost time.
    let stops =
      settings.learner == .gradientBoosting
      && settings.integer("early_stopping_rounds") != 0
    let stopping = try (stops ? validation : nil).map {
      let rows = try prepare(
        adopted($0), encoding: encoding, classes: prepared.labels.classes)
      return ValidationRows(matrix: rows.matrix, labels: rows.labels)
    }
    let facts = facts(prepared, encoding: encoding, split: split, parallel: parallel)
    let course = try course(
      prepared.matrix, labels: prepared.labels, validation: stopping, parallel: parallel)
    let fitStart = clock.now
    let fitted = try settings.fit(
      prepared.matrix, labels: prepared.labels, validation: stopping, seed: seed,
      judgesOutOfBag: judgesOutOfBag && warmStart == nil, standardErrors: tellsStandardErrors,
      course: course, parallel: parallel)
    let model = Model(
      encoding: encoding, estimator: fitted.estimator, classes: prepared.labels.classes,
      benign: warmStart?.benign ?? prepared.labels.benign, flowSettings: table.settings,
      training: facts)
    return TrainedModel(
      model: model, prepareSeconds: (fitStart - start) / .seconds(1),
      fitSeconds: (clock.now - fitStart) / .seconds(1), warning: fitted.warning,
      outOfBag: fitted.outOfBag)
  }

  // MARK: - Steps

  /// Rows that an estimator can be fitted to, beside the table rows that they come from.
  struct Prepared {
    let table: LabeledTable
    let matrix: FeatureMatrix
    let labels: Labels
    /// Labeled rows that the policy for values that are not finite left out.
    let droppedCount: Int
  }

  private func adopted(_ table: LabeledTable) throws(DataError) -> LabeledTable {
    guard let warmStart else { return table }
    return try adopted(table, by: warmStart)
  }

  /// - Parameter classes: whose rows to take, in this order; nil for all that have rows.
  func prepare(
    _ table: LabeledTable, encoding: FeatureEncoding, classes: [String]? = nil
  ) throws(DataError) -> Prepared {
    let labeled = table.labeledRows
    let encoded = try encoding.encode(labeled.matrix, from: labeled.inputName)
    let kept =
      encoded.rows.count == labeled.rowCount ? labeled : labeled.rows(encoded.rows)
    let labels = kept.labels.restricted(to: classes)
    let known = labels.codes.indices.filter { labels.codes[$0] != Labels.unlabeled }
    let droppedCount = labeled.rowCount - encoded.rows.count
    guard known.count < labels.count else {
      return Prepared(
        table: kept, matrix: encoded.matrix, labels: labels, droppedCount: droppedCount)
    }
    return Prepared(
      table: kept.rows(known), matrix: encoded.matrix.rows(known), labels: labels.rows(known),
      droppedCount: droppedCount)
  }

  private func facts(
    _ prepared: Prepared, encoding: FeatureEncoding, split: String, parallel: Parallel
  ) -> TrainingFacts {
    let table = prepared.table
    var account = table.account
    account.drop(prepared.droppedCount, as: "nonfinite_rows")
    var facts = TrainingFacts(
      learner: settings.learner.rawValue,
      hyperparameters: settings.printed.mapValues { JSONValue.string($0) }, seed: seed,
      rows: table.rowCount, classCounts: prepared.labels.classCounts, split: split,
      inputDigests: table.inputDigests, excluded: table.excluded, account: account,
      rowFingerprints: FingerprintSample(RowFingerprint.hashes(of: table.matrix)),
      connectionFingerprints: FingerprintSample(table.identity.connections),
      profiles: FeatureProfile.profiles(
        of: table.matrix, labels: prepared.labels, encoding: encoding, parallel: parallel))
    if let warmStart { facts.hyperparameters["warm_start"] = trace(of: warmStart, in: facts) }
    return facts
  }
}

/// A model and how long it took.
public struct TrainedModel: Sendable {
  /// The model, with the threshold `likeliest` and without metrics: both come from other rows.
  public var model: Model
  /// Wall seconds of encoding the rows and of writing down what they look like.
  public let prepareSeconds: Double
  /// Wall seconds of the learner.
  public let fitSeconds: Double
  /// What the user should know of the fit, in words; nil where there is nothing to say.
  public let warning: String?
  /// What a random forest says of its own training rows, those that a fit is given, in their order;
  /// nil where that was not asked for, or where trees do not draw rows.
  public let outOfBag: OutOfBag?
}

extension Labels {
  /// The same labels over fewer classes; rows of the others become unlabeled.
  /// - Parameter chosen: nil for the classes that have rows.
  func restricted(to chosen: [String]?) -> Labels {
    let kept = chosen ?? zip(classes, classCounts).filter { $0.1 > 0 }.map(\.0)
    guard kept != classes else { return self }
    let code = Dictionary(uniqueKeysWithValues: zip(kept, Int32(0)...))
    let translated = classes.map { code[$0] ?? Labels.unlabeled }
    return Labels(
      classes: kept,
      codes: codes.map { $0 == Labels.unlabeled ? $0 : translated[Int($0)] },
      benign: benign.intersection(kept))
  }
}
