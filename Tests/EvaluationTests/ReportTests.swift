import Evaluation
import FeatureTables
import Foundation
import Reports
import Testing

@Suite struct ReportTests {
  private let findings = [
    Finding(
      .connectionAcrossSplit, .error,
      String(repeating: "a message that must be broken into lines ", count: 6), evidence: [:]),
    Finding(.labelConflict, .info, "short", evidence: [:]),
  ]

  private func result(_ name: String, findings: [Finding] = []) throws -> EvaluationResult {
    EvaluationResult(
      try Fixtures.read(PredictionCase.self, "predictions-\(name)").predictions,
      findings: findings)
  }

  private func result(classes: [String]) -> EvaluationResult {
    let all = classes.indices.map { Int32($0) }
    let truth = all.flatMap { code -> [Int32] in [code, code, code] }
    let codes = all.flatMap { code -> [Int32] in [code, code, 0] }
    return EvaluationResult(
      Predictions(
        classes: classes, benign: [classes[0]], truth: truth, predicted: codes,
        probabilities: codes.flatMap { code in
          classes.indices.map { $0 == Int(code) ? 1.0 : 0 }
        }))
  }

  @Test func theTerminalShowsWhatIsThere() throws {
    let small = EvaluationResult(
      Predictions(
        classes: ["benign", "scan"], benign: ["benign"], truth: [0, 0, 0, 1],
        predicted: [0, 0, 1, 1], probabilities: [1, 0, 1, 0, 0, 1, 0, 1]))
    let text = TerminalRenderer().render(ReportDocument(small))
    #expect(
      text.hasPrefix(
        """
        Evaluation

        4 rows of 2 classes: macro F1 0.7333. 100.00 % of the malicious flows and 33.33 % of the benign ones
        raise an alarm.

        Scores

        metric                 value
        accuracy              0.7500
        balanced accuracy     0.8333
        macro F1              0.7333
        """))
    #expect(
      text.contains(
        """
        truth \\ predicted  benign  scan
        benign                  2     1
        scan                    0     1
        """))
    #expect(
      text.contains(
        """
        class   precision  recall      F1  rows
        benign     1.0000  0.6667  0.8000     3
        scan       0.5000  1.0000  0.6667     1
        """))
    #expect(text.hasSuffix("Nothing was found that makes the scores doubtful.\n"))
  }

  @Test(arguments: [40, 80, 100])
  func noLineIsWiderThanTheTerminal(width: Int) throws {
    let names = (0..<15).map { "Web Attack – a class with a name of length \($0)" }
    var documents = try Fixtures.predictionNames.map {
      ReportDocument(try result($0, findings: findings))
    }
    documents.append(ReportDocument(result(classes: names)))
    documents.append(ReportDocument(try crossValidation()))
    for document in documents {
      let text = TerminalRenderer(width: width).render(document)
      for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
      #expect(!text.contains(" \n"))
    }
  }

  @Test func aWideMatrixIsBrokenAndLosesNothing() {
    let names = (0..<15).map { "class\($0)" }
    let text = TerminalRenderer(width: 60).render(ReportDocument(result(classes: names)))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("truth") } == 4)
    for name in names { #expect(text.contains(" \(name)"), "\(name)") }
  }

  @Test func colorComesOnlyWhenAsked() throws {
    let document = ReportDocument(try result("two-ties", findings: findings))
    #expect(!TerminalRenderer().render(document).contains("\u{1B}"))
    let colored = TerminalRenderer(usesColor: true).render(document)
    #expect(colored.contains("\u{1B}[31merror: \u{1B}[0ma message"))
    let plain = ["[1m", "[31m", "[36m", "[0m"].reduce(colored) {
      $0.replacingOccurrences(of: "\u{1B}\($1)", with: "")
    }
    #expect(plain == TerminalRenderer().render(document))
  }

  @Test func namesFromFilesCannotReachIntoTheTerminalOrThePage() {
    let evil = result(classes: ["benign", "\u{1B}[2Jx\u{202E}", "<script>|`a`\n# b"])
    let text = TerminalRenderer().render(ReportDocument(evil))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    let page = MarkdownRenderer().render(ReportDocument(evil))
    #expect(!page.contains("<script>") && !page.contains("\n# b"))
    #expect(page.contains("&lt;script&gt;\\|\\`a\\`"))
  }

  @Test func whatIsNotDefinedIsSaid() throws {
    let text = TerminalRenderer().render(ReportDocument(try result("two-only-malicious")))
    #expect(text.contains("ROC AUC                  n/a"))
    let empty = EvaluationResult(
      Predictions(
        classes: ["a", "b"], benign: ["a"], truth: [], predicted: [], probabilities: []))
    #expect(
      TerminalRenderer().render(ReportDocument(empty)).contains("0 rows of 2 classes: nothing"))
  }

  @Test func doubtsAreSaidBeforeTheScores() throws {
    let text = TerminalRenderer().render(
      ReportDocument(try result("two-ties", findings: findings)))
    let doubt = try #require(text.range(of: "doubtful for 1 reason"))
    let scores = try #require(text.range(of: "Scores"))
    #expect(doubt.lowerBound < scores.lowerBound)
    #expect(text.contains("info: short [label_conflict]"))
  }

  private func crossValidation() throws -> CrossValidationResult {
    CrossValidationResult(
      learner: "random-forest", split: SplitDescription(.grouped, name: "grouped by connection"),
      folds: try ["two-ties", "two-fine", "two-only-benign"].enumerated().map {
        CrossValidationResult.Fold(fold: $0, trainingRows: 1234, evaluation: try result($1))
      }, findings: findings)
  }

  @Test func aCrossValidationIsShown() throws {
    let result = try crossValidation()
    let text = TerminalRenderer().render(ReportDocument(result))
    let mean = try #require(result.summary(of: .macroF1)).mean
    #expect(text.contains("random-forest, 3 folds, split grouped by connection: macro F1"))
    #expect(text.contains(String(format: "macro F1 %.4f (95 %% interval", mean)))
    #expect(text.contains("1             1,234        120"))
    let page = MarkdownRenderer().render(ReportDocument(result))
    #expect(page.contains("| fold | training rows | test rows |"))
    #expect(page.contains("- **info** `label_conflict`: short"))
  }

  @Test func classCountsOfSeveralTablesStandSideBySide() {
    let document = ReportDocument(classCounts: [
      ("training", Labels(names: ["benign", "scan", nil, "benign"])),
      ("test", Labels(names: ["worm", "benign"])),
    ])
    #expect(
      TerminalRenderer().render(document) == """
        Rows by class

        class   training  test
        benign         2     1
        scan           1     0
        worm           0     1
        total          3     2

        """)
  }

  @Test func filesAreWrittenAndReadBack() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "flowmeter-reports-\(UUID().uuidString)/deep")
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    let result = try result("five-ties", findings: findings)
    let paths = try ReportFiles.write(result, to: folder.path)
    #expect(paths == ["report.json", "report.md"].map { "\(folder.path)/\($0)" })
    let json = try [UInt8](Data(contentsOf: folder.appending(path: "report.json")))
    #expect(try StableJSON.decode(EvaluationResult.self, from: json) == result)
    let page = try String(
      contentsOf: folder.appending(path: "report.md"), encoding: .utf8)
    #expect(page == MarkdownRenderer().render(ReportDocument(result)))
    let again = try crossValidation()
    try ReportFiles.write(again, to: folder.path + "/")
    let second = try [UInt8](Data(contentsOf: folder.appending(path: "report.json")))
    #expect(try StableJSON.decode(CrossValidationResult.self, from: second) == again)
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "flowmeter-file-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data().write(to: file)
    let result = try result("two-ties")
    let error = #expect(throws: DataError.self) {
      try ReportFiles.write(result, to: file.appending(path: "out").path)
    }
    #expect(error?.exitCode == 73)
    #expect(error?.file.hasPrefix(file.path) == true)
  }
}
