import FeatureTables
import Foundation

/// What becomes of flows labeled `… - Attempted`: attacks without effect.
public enum AttemptedPolicy: String, Sendable, Codable, CaseIterable {
  /// A class of their own.
  case separate
  /// Left out and counted.
  case excluded
  /// Counted as benign.
  case benign
  /// Counted as the attack that was attempted.
  case malicious
}

/// How to read flow tables. The defaults are those of the command line.
public struct TableReadingOptions: Sendable {
  /// The column that holds the label; nil for the form's own. Named by hand, its texts are the
  /// classes, without the families of a label map.
  public var labelColumn: String?
  /// Columns to take as features although they are left out by default, by their name in the
  /// table or in the file.
  public var includedFeatures: [String] = []
  /// What becomes of values that are not finite numbers.
  public var nonfinite = NonfinitePolicy.missing
  /// What becomes of rows that cannot be read, for instance with too few cells.
  public var badRows = BadRowPolicy.error
  /// Whether values from 10,000,000 on are rounded to three digits, as most files of CIC-IDS2017
  /// are; nil for yes in that family and no elsewhere.
  public var roundLarge: Bool?
  /// The zone of times that carry none; nil takes them as UTC and says so.
  public var timeZone: TimeZone?
  /// Classes that count as benign beside those of the label map.
  public var benignClasses: Set<String> = []
  /// What becomes of attacks without effect.
  public var attempted = AttemptedPolicy.separate
  /// Whether rows without a label stay in the table, and the table may have no label at all: for
  /// classification. Otherwise such rows are dropped and counted.
  public var keepsUnlabeledRows = false
  /// Whether files whose columns are named alike but defined differently may be joined.
  public var allowsDifferentDefinitions = false
  /// The features that are wanted, from a model or a feature set: they are taken whatever their
  /// default, and are the schema of a table of our own form that has no description.
  public var schema: FeatureSchema?
  /// The most rows to keep of each file.
  public var rowLimit: Int?

  /// The defaults of the command line.
  public init() {}
}
