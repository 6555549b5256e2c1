import Foundation
import Models

/// The coefficients of a linear model in the units of the columns, with their standard errors.
struct CoefficientTable: Encodable {
  private struct Row: Encodable {
    let column: String
    /// The class whose margin it is part of.
    let `class`: String
    let coefficient: Double
    /// Nil where it is not defined.
    let standardError: Double?

    private enum CodingKeys: String, CodingKey {
      case column, `class`, coefficient
      case standardError = "standard_error"
    }

    /// How many standard errors the coefficient is from 0.
    var ratio: Double? {
      standardError.flatMap { $0 > 0 ? coefficient / $0 : nil }
    }
  }

  /// Lines that a person is shown.
  private static let shownCount = 10

  private let rows: [Row]

  /// Nil for a model that is not linear.
  init?(_ model: Model) {
    guard case .logisticRegression(let linear) = model.estimator.uncalibrated else { return nil }
    let columns = model.encoding.encodedSchema.features.map(\.name)
    let classes = linear.coefficients.count == 1 ? [model.classes[1]] : model.classes
    rows = classes.indices.flatMap { output in
      let errors = linear.standardErrors?.coefficients[output]
      return zip(columns, linear.originalCoefficients[output]).enumerated().map { index, entry in
        Row(
          column: entry.0, class: classes[output], coefficient: entry.1,
          standardError: errors?[index])
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rows)
  }

  /// Those that are surest not to be 0; none where there are no standard errors.
  var lines: [String] {
    let known = rows.compactMap { row in row.ratio.map { (row: row, ratio: $0) } }
    guard !known.isEmpty else { return [] }
    let surest = known.enumerated()
      .sorted { (abs($1.element.ratio), $0.offset) < (abs($0.element.ratio), $1.offset) }
      .prefix(Self.shownCount)
    return ["coefficients farthest from 0 by their standard errors, of \(known.count):"]
      + surest.map { _, entry in
        let numbers = String(
          format: "%.5g +- %.2g", entry.row.coefficient, entry.row.standardError ?? 0)
        return "  \(entry.row.column), \(entry.row.class): \(numbers)"
      }
  }
}
