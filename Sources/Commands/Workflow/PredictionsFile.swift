import FeatureTables
import Models

/// The file of `--predictions`: `row,label,predicted` and one `probability:CLASS` a class.
enum PredictionsFile {
  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  static func write(
    _ evaluation: ModelEvaluation, of model: Model, to path: String
  ) throws(DataError) {
    var text: [UInt8] = []
    let header =
      ["row", "label", "predicted"] + model.classes.map { "probability:\($0)" }
    for (index, name) in header.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      CellText.append(name, to: &text)
    }
    text.append(0x0A)
    let (table, labels) = (evaluation.table, evaluation.table.labels)
    for row in 0..<table.rowCount {
      NumberWriter.append(Double(table.rowNumbers[row]), to: &text)
      text.append(UInt8(ascii: ","))
      CellText.append(labels.classes[Int(labels.codes[row])], to: &text)
      text.append(UInt8(ascii: ","))
      CellText.append(model.classes[Int(evaluation.decisions.predicted[row])], to: &text)
      for code in model.classes.indices {
        text.append(UInt8(ascii: ","))
        NumberWriter.append(
          evaluation.scores.probabilities[row * model.classes.count + code], to: &text)
      }
      text.append(0x0A)
    }
    if path == "-" {
      try Console.write(text)
    } else {
      try WholeFile.write(text, to: path)
    }
  }
}
