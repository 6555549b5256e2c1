import FeatureTables
import Yams

/// The text of a rule file on its way to a tree of values.
struct RuleDocument {
  let file: String
  let bytes: [UInt8]

  /// The largest text that is read. It bounds what hostile text can cost.
  static let largest = 4 << 20

  /// The root of the tree.
  /// - Throws: `DataError` with the line where the text is neither YAML nor JSON, or uses what
  ///   rule files have no need of.
  func root() throws(DataError) -> RuleNode {
    guard bytes.count <= RuleDocument.largest else {
      throw DataError(
        file: file, problem: "is larger than \(RuleDocument.largest >> 20) megabytes",
        remedy: "divide the rules, or give blocks of addresses in place of single ones")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DataError(
        file: file, problem: "is not UTF-8 text", remedy: "write rules as YAML or JSON in UTF-8")
    }
    try ExpandingSyntax(file: file, bytes: bytes).refuse()
    do {
      // Without resolver rules every value is text: `text` says what is wanted of it.
      if let node = try Yams.compose(yaml: text, .basic) {
        return RuleNode(file: file, path: "", node: node)
      }
    } catch {
      throw unreadable(error)
    }
    throw DataError(
      file: file, problem: "is empty", remedy: "a rule file begins with 'version: 1'")
  }

  private func unreadable(_ error: any Error) -> DataError {
    func refusal(_ problem: String, line: Int?) -> DataError {
      DataError(
        file: file, place: line.map { .line($0) } ?? .wholeFile, problem: problem,
        remedy: line == nil ? "rule files are YAML or JSON" : "correct this line")
    }
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return refusal("is neither YAML nor JSON: \(problem.trimmingBlanks())", line: mark.line)
    case .duplicatedKeysInMapping(let keys, let context):
      return refusal(
        "has a key twice: \(keys.sorted().joined(separator: ", "))", line: context.mark.line)
    case .reader(let problem, _, _, _):
      return refusal("is neither YAML nor JSON: \(problem.trimmingBlanks())", line: nil)
    default:
      return refusal("is neither YAML nor JSON: it nests too deeply or is damaged", line: nil)
    }
  }
}

/// Syntax of YAML by which a few bytes stand for more values than memory holds, or cost the
/// parser time beyond measure. Looked for in the bytes, in quotes too, as only a parser could
/// tell quotes apart.
private struct ExpandingSyntax {
  let file: String
  let bytes: [UInt8]

  /// Keys of more than one word are marked by `?`, and all that is in one is visited once more
  /// for each that it lies in.
  private static let mostQuestionMarks = 20

  func refuse() throws(DataError) {
    var line = 1
    var questionMarks = 0
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "*") where isAlias(index):
        throw refusal("has '*' before a word, which marks an alias", line)
      case UInt8(ascii: "%") where bytes[(index + 1)...].starts(with: "TAG".utf8):
        throw refusal("has a %TAG directive", line)
      case UInt8(ascii: "?"):
        questionMarks += 1
        if questionMarks > ExpandingSyntax.mostQuestionMarks {
          throw refusal("has too many '?', which mark keys of several words", line)
        }
      default: break
      }
    }
  }

  /// Where a letter or digit goes before, the star is part of a word.
  private func isAlias(_ index: Int) -> Bool {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    return (isWord(next) || next == UInt8(ascii: "-"))
      && (index == 0 || !isWord(bytes[index - 1]))
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private func refusal(_ problem: String, _ line: Int) -> DataError {
    DataError(
      file: file, place: .line(line), problem: problem,
      remedy: "write values out: rule files are plain YAML without aliases and tags")
  }
}
