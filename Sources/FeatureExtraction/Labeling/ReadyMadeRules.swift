import FeatureTables
import Foundation

/// Label rules that come with the program: one YAML file a set, `rules-NAME.yaml`.
public struct ReadyMadeRules: Sendable, Codable, Equatable {
  /// What `--label-rules` takes.
  public let name: String
  /// What the rules are for, in a sentence.
  public let description: String
  /// The labels that they give, sorted.
  public let classes: [String]
  /// The rule file.
  public let text: String

  private static let prefix = "rules-"
  private static let suffix = ".yaml"

  /// The names of all, sorted.
  public static let names: [String] = {
    let folder = Bundle.module.resourceURL ?? Bundle.module.bundleURL
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }
      .map { String($0.dropFirst(prefix.count).dropLast(suffix.count)) }.sorted()
  }()

  /// All, by name.
  /// - Throws: `DataError` where a file that belongs to the program is damaged.
  public static var all: [ReadyMadeRules] {
    get throws(DataError) { try names.map { (name) throws(DataError) in try named(name) } }
  }

  /// The rules of this name.
  /// - Throws: `DataError` of kind `usage` that lists the names; as `all`.
  public static func named(_ name: String) throws(DataError) -> ReadyMadeRules {
    guard names.contains(name) else {
      throw DataError(
        .usage, file: name, problem: "is no name of ready-made rules",
        remedy: "the names are: \(names.joined(separator: ", "))")
    }
    let bytes = ResourceFile.bytes(prefix + name + suffix)
    let rules = try LabelRules(bytes: bytes, file: name)
    return ReadyMadeRules(
      name: name, description: rules.description ?? "",
      classes: Set(rules.rules.map(\.label) + [rules.defaultLabel].compactMap(\.self)).sorted(),
      text: String(decoding: bytes, as: UTF8.self))
  }
}

extension LabelRules {
  /// The rules of a file or, where there is no file of that name, ready-made ones.
  /// - Throws: `DataError` of kind `noInput` that lists the names of the ready-made ones; as
  ///   `init(path:)`.
  public init(named name: String) throws(DataError) {
    if name != "-", !FileManager.default.fileExists(atPath: name) {
      guard ReadyMadeRules.names.contains(name) else {
        throw DataError(
          .noInput, file: name, problem: "is neither a file nor a name of ready-made rules",
          remedy: "check the path; the ready-made rules are: "
            + ReadyMadeRules.names.joined(separator: ", "))
      }
      try self.init(bytes: Array(try ReadyMadeRules.named(name).text.utf8), file: name)
    } else {
      try self.init(path: name)
    }
  }
}
