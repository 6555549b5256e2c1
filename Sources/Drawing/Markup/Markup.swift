/// A piece of SVG or HTML in which nothing is left to escape. Text from files enters it only
/// through `text`, attributes through `element`.
public struct Markup: Sendable, Equatable {
  /// The piece as it stands in the file.
  public let source: String

  private init(source: String) { self.source = source }

  /// Nothing.
  public static let empty = Markup(source: "")

  /// Text as text: markup in it is shown, not obeyed.
  public static func text(_ text: String) -> Markup { Markup(source: text.escaped) }

  /// Pieces one after the other.
  public static func group(_ parts: [Markup]) -> Markup {
    Markup(source: parts.map(\.source).joined())
  }

  /// An element with its attributes, in order, and what is in it.
  /// - Parameters:
  ///   - name: of the program, never of a file.
  ///   - attributes: names of the program with any values.
  public static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []
  ) -> Markup {
    let list = attributes.map { " \($0.key)=\"\($0.value.escaped)\"" }.joined()
    let start = "<\(name)\(list)>"
    guard !voidElements.contains(name) else { return Markup(source: start) }
    return Markup(source: start + children.map(\.source).joined() + "</\(name)>")
  }

  /// An element that holds text.
  public static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String
  ) -> Markup {
    element(name, attributes, [.text(text)])
  }

  /// A style element with rules of the program: nothing of a file may be in them.
  public static func style(_ rules: StyleRules) -> Markup {
    Markup(source: "<style>\n\(rules.text)\n</style>")
  }

  /// A page of HTML.
  public static func page(language: String, head: [Markup], body: [Markup]) -> Markup {
    let content = element("head", [:], head).source + "\n" + element("body", [:], body).source
    return Markup(
      source: "<!DOCTYPE html>\n<html lang=\"\(language.escaped)\">\n\(content)\n</html>\n")
  }

  /// HTML elements without an end tag; SVG has none of these names.
  private static let voidElements: Set<String> = ["meta", "br", "hr", "input", "wbr"]
}

/// Rules of a style sheet that were written by the program.
public struct StyleRules: Sendable, ExpressibleByStringLiteral {
  let text: String

  /// Rules as a literal.
  public init(stringLiteral value: StaticString) { text = "\(value)" }

  /// Rules of `Stylesheet`, and literals with them.
  public init(_ parts: [String]) { text = parts.joined(separator: "\n") }
}

extension String {
  /// With all markup escaped. Characters that XML forbids, or that turn the direction of text, are
  /// replaced.
  fileprivate var escaped: String {
    var result = ""
    result.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n": result += "\n"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
          result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}
