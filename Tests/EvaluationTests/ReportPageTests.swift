import Evaluation
import FeatureTables
import Foundation
import Reports
import TestSupport
import Testing

/// The page of a report, read back.
@Suite struct ReportPageTests {
  private func page(_ report: EvaluationReport) throws -> String {
    let folder = try TemporaryFolder()
    try ReportFiles.write(report, to: folder.path("out"))
    return String(decoding: try folder.bytes("out/report.html"), as: UTF8.self)
  }

  private func count(_ part: String, in text: String) -> Int {
    text.components(separatedBy: part).count - 1
  }

  @Test(arguments: [["benign", "malicious"], SampleReports.fifteen])
  func thePageStandsAlone(classes: [String]) throws {
    let page = try page(SampleReports.report(classes: classes))
    for word in ["<script", "http://", "https://", "src=", "url(", "@import", "<link", "nan"] {
      let found = page.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
      #expect(!found.contains(word), "\(word)")
    }
    #expect(page.utf8.count < 2_000_000)
  }

  @Test(arguments: [["benign", "malicious"], SampleReports.fifteen])
  func everyFigureHasATextAlternative(classes: [String]) throws {
    let page = try page(SampleReports.report(classes: classes))
    let figures = page.components(separatedBy: "<svg").dropFirst()
    #expect(figures.count > 10)
    for figure in figures {
      #expect(figure.contains("role=\"img\"") && figure.contains("<title id="))
      let description = try #require(
        figure.components(separatedBy: "<desc id=").dropFirst().first?.prefix { $0 != "<" })
      #expect(description.count > 60, "\(description)")
      let text = figure.components(separatedBy: "</svg>")[0]
      #expect(text.contains("<path") || text.contains("<rect"), "an empty figure")
    }
    let identifiers = page.components(separatedBy: " id=\"").dropFirst().map {
      String($0.prefix { $0 != "\"" })
    }
    #expect(Set(identifiers).count == identifiers.count, "an identifier stands twice")
    for link in page.components(separatedBy: "href=\"#").dropFirst() {
      #expect(identifiers.contains(String(link.prefix { $0 != "\"" })))
    }
  }

  @Test func theVerdictComesFirst() throws {
    let page = try page(SampleReports.report(classes: ["benign", "malicious"]))
    let verdict = try #require(page.range(of: "class=\"verdict"))
    let facts = try #require(page.range(of: "class=\"facts\""))
    #expect(verdict.lowerBound < facts.lowerBound)
    #expect(page.contains("of the malicious flows") && page.contains("95 % interval"))
    let macro = try #require(page.range(of: "Macro F1"))
    let area = try #require(page.range(of: "ROC AUC"))
    #expect(macro.lowerBound < area.lowerBound)
  }

  @Test func doubtsAreSaidInTheFirstSentence() throws {
    let finding = Finding(.connectionAcrossSplit, .error, "on both sides", evidence: [:])
    let bad = try page(SampleReports.report(classes: ["benign", "scan"], findings: [finding]))
    #expect(bad.contains("Do not rely on these scores, for 1 reason"))
    #expect(bad.contains("on both sides") && bad.contains("connection_across_split"))
    let warned = try page(
      SampleReports.report(
        classes: ["benign", "scan"], findings: [Finding(.randomSplit, .warning, "x", evidence: [:])]
      ))
    #expect(warned.contains("at face value, but doubtful for 1 reason"))
    let small = try page(SampleReports.report(classes: ["benign", "scan"], rows: 40))
    #expect(small.contains("Too small a test to say, with 20 malicious and 20 benign rows"))
  }

  @Test func confusionsAreNamed() throws {
    let report = SampleReports.report(classes: ["benign", "scan", "flood"])
    let page = try page(report)
    let rows = report.result.confusionMatrix.rows
    var greatest = (rows: 0, truth: 0, predicted: 0)
    for truth in 0..<3 {
      for predicted in 0..<3 where truth != predicted && rows[truth][predicted] > greatest.rows {
        greatest = (rows[truth][predicted], truth, predicted)
      }
    }
    let names = report.result.classes
    let words = "\(greatest.rows) of 300 rows of &#39;\(names[greatest.truth])&#39;"
    #expect(page.contains(words), "\(words)")
    #expect(page.contains("taken for &#39;\(names[greatest.predicted])&#39;"))
    #expect(count("class=\"panel", in: page) == 3)
    for row in rows.joined() { #expect(page.contains(">\(row)</td>")) }
  }

  @Test func oneSideOrNothingIsNoFault() throws {
    for name in Fixtures.predictionNames {
      let predictions = try Fixtures.read(PredictionCase.self, "predictions-\(name)").predictions
      let report = EvaluationReport(
        subject: SampleReports.report(classes: ["a", "b"], rows: 10).subject,
        result: EvaluationResult(predictions), curves: EvaluationCurves(predictions), profiles: nil)
      let page = try page(report)
      #expect(page.contains("class=\"verdict") && !page.contains(">nan"), "\(name)")
    }
  }

  @Test func namesFromFilesAreText() throws {
    let evil = "</title><script>alert(1)</script>"
    let page = try page(SampleReports.report(classes: ["benign", evil, "\u{1B}[2J\u{202E}"]))
    #expect(!page.contains("<script") && !page.contains("\u{1B}") && !page.contains("\u{202E}"))
    #expect(page.contains("&lt;script&gt;"))
  }

  @Test func filesAreMadeFromTheSameNumbers() throws {
    let folder = try TemporaryFolder()
    let report = SampleReports.report(classes: ["benign", "scan"], threshold: 0.5)
    let paths = try ReportFiles.write(report, to: folder.path("out"))
    #expect(
      paths.map { ($0 as NSString).lastPathComponent } == [
        "report.json", "report.md", "report.html",
      ])
    let json = try folder.bytes("out/report.json")
    #expect(try StableJSON.decode(EvaluationResult.self, from: json) == report.result)
    struct Beside: Decodable {
      let curves: EvaluationCurves
      let profiles: FeatureHistograms
      let subject: EvaluationReport.Subject
    }
    let beside = try StableJSON.decode(Beside.self, from: json)
    #expect(beside.curves == report.curves && beside.profiles == report.profiles)
    #expect(beside.subject == report.subject)
    let card = String(decoding: try folder.bytes("out/report.md"), as: UTF8.self)
    #expect(card.hasPrefix("# Model card: model.json") && card.contains("random-forest"))
    #expect(card.contains("from malicious score 0.5000 on"))
  }
}
