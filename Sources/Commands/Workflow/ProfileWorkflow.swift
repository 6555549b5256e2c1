import Evaluation
import FeatureTables
import Foundation
import Glibc

/// From a labeled table to the profiles of its features.
struct ProfileWorkflow {
  /// Which features are counted.
  enum Selection {
    case all
    /// In this order.
    case named([String])
    /// Those of FlowMeter's published figures, in their order.
    case published
  }

  let selection: Selection
  let measure: Separation.Measure
  let parallel: Parallel

  /// What the four published figures show, under the name of each feature set that has it.
  private static let publishedFeatures = [
    ["forward_packet_size_maximum", "forward_packet_length_maximum", "forward_length_maximum"],
    ["forward_packet_size_total", "forward_packet_length_total", "forward_byte_total"],
    ["forward_interarrival_time_mean", "forward_gap_mean"],
    ["backward_interarrival_time_mean", "backward_gap_mean"],
  ]

  /// - Throws: `DataError` where no row has a label or a feature is not there.
  func run(_ table: LabeledTable) throws(DataError) -> FeatureHistograms {
    guard table.labels.codes.contains(where: { $0 != Labels.unlabeled }) else {
      throw DataError(
        file: table.inputName, problem: "no row has a label",
        remedy: "name the column with --label-column, or give --label-rules")
    }
    switch selection {
    case .all:
      return FeatureHistograms(of: table, rankedBy: measure, parallel: parallel)
    case .named(let names):
      var columns: [Int] = []
      for name in names { columns.append(try column([name], of: table)) }
      return FeatureHistograms(of: table, columns: columns, rankedBy: nil, parallel: parallel)
    case .published:
      var columns: [Int] = []
      for names in ProfileWorkflow.publishedFeatures {
        columns.append(try column(names, of: table))
      }
      return FeatureHistograms(of: table, columns: columns, rankedBy: nil, parallel: parallel)
    }
  }

  /// What a table is of, for a heading: its files without their folders.
  static func title(of table: LabeledTable) -> String {
    let names = table.identity.sources.map { ($0 as NSString).lastPathComponent }
    guard names.count > 3 else { return names.isEmpty ? "flows" : names.listing() }
    return "\(names[0]) and \(names.count - 1) more files"
  }

  private func column(_ names: [String], of table: LabeledTable) throws(DataError) -> Int {
    let schema = table.matrix.schema
    if let column = names.lazy.compactMap({ schema.index(of: $0) }).first { return column }
    let known = schema.features.map(\.name)
    throw DataError(
      .usage, file: table.inputName,
      problem: "has no feature \(names.map { "'\($0)'" }.joined(separator: " or "))",
      remedy: "its features are \(known.joined(separator: ", "))")
  }
}

extension Console {
  /// Whether standard output is a terminal, which shows colors.
  static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Columns of the terminal behind standard output; 80 where there is none.
  static var width: Int {
    var size = winsize()
    let isKnown = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }
}
