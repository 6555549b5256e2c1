import ArgumentParser
import FeatureTables
import Models
import Reports

/// How verdicts are written.
enum VerdictFormat: String, ExpressibleByArgument, CaseIterable {
  /// One JSON object a line.
  case jsonl
  case csv
}

/// What a model says about every row of a table, those included that it cannot score.
struct Verdicts {
  private let table: LabeledTable
  private let model: Model
  private let scores: Scores
  private let decisions: Decisions
  private let maliciousScores: [Double]
  /// For each row of the table its position among the scored rows.
  private let positions: [Int?]
  /// Nil where they are not asked for.
  private let explanations: VerdictExplanations?

  /// How many features to name for a verdict, and what to call the model in errors.
  struct ExplanationPlan {
    let count: Int
    let modelFile: String
  }

  /// - Parameter plan: nil for verdicts without explanations.
  /// - Throws: `DataError` where the table does not fit the model, or the model cannot be explained.
  init(
    on table: LabeledTable, by model: Model, explaining plan: ExplanationPlan? = nil,
    allowingDifferentDefinitions: Bool, parallel: Parallel
  ) throws(DataError) {
    self.table = table
    self.model = model
    scores = try model.score(
      table, parallel: parallel, allowingDifferentDefinitions: allowingDifferentDefinitions)
    decisions = model.decide(scores)
    maliciousScores = Threshold.maliciousScores(
      probabilities: scores.probabilities, classes: model.classes, benign: model.benign)
    var positions = [Int?](repeating: nil, count: table.rowCount)
    for (position, row) in scores.scoredRows.enumerated() { positions[row] = position }
    self.positions = positions
    guard let plan else {
      explanations = nil
      return
    }
    explanations = try VerdictExplanations(
      of: decisions.predicted, on: table, by: model, naming: plan.count, file: plan.modelFile,
      allowingDifferentDefinitions: allowingDifferentDefinitions, parallel: parallel)
  }

  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  func write(to path: String, format: VerdictFormat) throws(DataError) {
    let text =
      switch format {
      case .jsonl: jsonLines()
      case .csv: commaSeparated()
      }
    if path == "-" {
      try Console.write(text)
    } else {
      try WholeFile.write(text, to: path)
    }
  }

  // MARK: - Formats

  private func jsonLines() -> [UInt8] {
    var text: [UInt8] = []
    for row in 0..<table.rowCount {
      var members: [JSONValue.Member] = [
        .init(key: "row", value: .number(Double(table.rowNumbers[row])))
      ]
      members += table.identity.columns.map { column in
        .init(key: column.name, value: identity(column, row))
      }
      members.append(.init(key: "verdict", value: .string(verdict(row))))
      if let position = positions[row] {
        members.append(.init(key: "alarm", value: .bool(decisions.alarms[position])))
        members.append(.init(key: "score", value: .number(maliciousScores[position])))
        members.append(
          .init(
            key: "probabilities",
            value: .object(
              model.classes.indices.map {
                .init(key: model.classes[$0], value: .number(probability(position, $0)))
              })))
        if let explanations {
          members.append(
            .init(
              key: "explanation", value: explanations.value(position: position, row: row)))
        }
      }
      text += JSONValue.object(members).serialized(isCompact: true)
    }
    return text
  }

  /// Ports and protocol as numbers, the rest as text.
  private func identity(_ column: TextColumn, _ row: Int) -> JSONValue {
    let text = column[row]
    let isNumber = ["source_port", "destination_port", "protocol"].contains(column.name)
    return isNumber ? Int(text).map { .number(Double($0)) } ?? .string(text) : .string(text)
  }

  private func commaSeparated() -> [UInt8] {
    var text: [UInt8] = []
    append(
      ["row"] + table.identity.columns.map(\.name) + ["verdict", "alarm", "score"]
        + model.classes.map { "probability:\($0)" } + (explanations?.header ?? []), to: &text)
    for row in 0..<table.rowCount {
      var cells = ["\(table.rowNumbers[row])"] + table.identity.columns.map { $0[row] }
      cells.append(verdict(row))
      if let position = positions[row] {
        cells.append("\(decisions.alarms[position])")
        cells.append("\(maliciousScores[position])")
        cells += model.classes.indices.map { "\(probability(position, $0))" }
        cells += explanations?.cells(position: position, row: row) ?? []
      } else {
        let explained = explanations?.header.count ?? 0
        cells += Array(repeating: "", count: 2 + model.classes.count + explained)
      }
      append(cells, to: &text)
    }
    return text
  }

  private func append(_ cells: [String], to text: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      CellText.append(cell, to: &text)
    }
    text.append(0x0A)
  }

  private func verdict(_ row: Int) -> String {
    positions[row].map { model.classes[Int(decisions.predicted[$0])] } ?? "unscored"
  }

  private func probability(_ position: Int, _ code: Int) -> Double {
    scores.probabilities[position * model.classes.count + code]
  }

  // MARK: - Summary

  /// How many flows got which verdict.
  struct Summary: Encodable {
    let rows: Int
    let alarms: Int
    let unscored: Int
    let verdicts: [String: Int]
    let remarks: [String: Int]

    var text: String {
      let counts = verdicts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "\(NumberText.count($0.value)) \($0.key)" }.joined(separator: ", ")
      let notes = remarks.sorted { $0.key < $1.key }.map { "; \($0.key.words): \($0.value)" }
      return NumberText.counted(rows, "flow", "flows") + ", "
        + NumberText.counted(alarms, "alarm", "alarms") + ": \(counts)\(notes.joined())"
    }
  }

  var summary: Summary {
    var counts: [String: Int] = [:]
    for row in 0..<table.rowCount { counts[verdict(row), default: 0] += 1 }
    return Summary(
      rows: table.rowCount, alarms: decisions.alarms.count { $0 },
      unscored: positions.count { $0 == nil }, verdicts: counts, remarks: scores.account.remarks)
  }
}
