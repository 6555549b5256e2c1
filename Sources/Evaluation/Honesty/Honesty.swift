import FeatureTables

/// Looks for what makes scores on flow tables too good to be true.
///
/// Every check is a function from tables to findings; a clean split of clean data has none. Rows
/// without a label are not looked at. Training and test tables hold the features of the model and
/// no others, in the same schema.
public enum Honesty {
  /// The findings about a model that was trained on one table and judged on another.
  /// - Parameters:
  ///   - training: the rows that the model was fitted to; nil where they are not at hand, which
  ///     leaves out every check of the split.
  ///   - testing: the rows that judged it.
  ///   - modelScore: the balanced accuracy of the model on `testing`, to compare single features
  ///     with; nil to look for perfect features only.
  ///   - split: how the two were kept apart.
  /// - Complexity: O(features x rows log rows), the sort over a sample of the rows.
  public static func findings(
    training: LabeledTable?, testing: LabeledTable, modelScore: Double?, split: SplitDescription
  ) -> [Finding] {
    let testing = testing.labeledRows
    guard let training = training?.labeledRows else {
      return ordered(
        tableFindings(testing)
          + SingleFeature.findings(halvesOf: testing, modelScore: modelScore))
    }
    let check = SplitCheck(training: training, testing: testing, split: split)
    return ordered(
      tableFindings(training) + check.findings
        + SingleFeature.findings(
          training: training, testing: testing, modelScore: modelScore))
  }

  /// The findings about a cross-validation.
  /// - Parameters:
  ///   - table: all rows.
  ///   - folds: the fold in which each row was tested, from 0; negative for a row that never was
  ///     and so only trained. With a split by time a fold is trained on the lower folds, else on
  ///     all others.
  ///   - modelScore: the mean balanced accuracy of the folds.
  public static func findings(
    table: LabeledTable, folds: [Int], modelScore: Double?, split: SplitDescription
  ) -> [Finding] {
    precondition(folds.count == table.rowCount, "one fold a row")
    let labeled = table.labels.codes.indices.filter {
      table.labels.codes[$0] != Labels.unlabeled
    }
    let folds = labeled.map { folds[$0] }
    let table = table.labeledRows
    let check = FoldCheck(table: table, folds: folds, split: split)
    let example = check.example
    return ordered(
      tableFindings(table) + check.findings
        + SingleFeature.findings(
          table: table, training: example.training, testing: example.testing,
          modelScore: modelScore))
  }

  /// The findings about a model whose training rows are known by their fingerprints only.
  /// - Parameters:
  ///   - fingerprints: of the rows that the model was fitted to.
  ///   - testing: the rows that judged it.
  ///   - modelScore: the balanced accuracy of the model on `testing`.
  public static func findings(
    fingerprints: TrainingFingerprints, testing: LabeledTable, modelScore: Double?
  ) -> [Finding] {
    let testing = testing.labeledRows
    return ordered(
      tableFindings(testing) + fingerprints.findings(testing: testing)
        + SingleFeature.findings(halvesOf: testing, modelScore: modelScore))
  }

  /// The findings about a table by itself, without a model or a split.
  public static func findings(table: LabeledTable) -> [Finding] {
    let table = table.labeledRows
    return ordered(
      tableFindings(table) + SingleFeature.findings(halvesOf: table, modelScore: nil))
  }

  private static func tableFindings(_ table: LabeledTable) -> [Finding] {
    LeakColumns.findings(table) + ConstantWithinClass.findings(table)
      + Rounding.findings(table) + LabelConflicts.findings(table) + CaptureCheck.findings(table)
  }

  /// The gravest first; in the order of the checks otherwise.
  private static func ordered(_ findings: [Finding]) -> [Finding] {
    Finding.Severity.allCases.reversed().flatMap { severity in
      findings.filter { $0.severity == severity }
    }
  }
}

/// A share as people read it: `3.1 %`.
func percent(_ part: Int, of whole: Int) -> String {
  let tenths = whole == 0 ? 0 : (Double(part) / Double(whole) * 1000).rounded()
  if part > 0, tenths == 0 { return "less than 0.1 %" }
  return "\(tenths / 10) %"
}

/// Names for a sentence: at most `limit`, then how many more there are.
func listing(_ names: [String], limit: Int = 5) -> String {
  let shown = names.prefix(limit).map { "'\($0)'" }.joined(separator: ", ")
  return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}
