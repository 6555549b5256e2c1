import FeatureTables
import Foundation

/// The folder of real captures and tables that lies beside the repository, where there is one.
///
/// Tests that need it use `.enabled(if: sharedDataIsExpected)`: they are skipped where the folder
/// is absent, but in CI they run, and fail, so that nothing is skipped unseen.
public let sharedData: URL = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "shared/data", directoryHint: .isDirectory)

/// Whether tests over `sharedData` should run: the folder is there, or CI insists.
public let sharedDataIsExpected: Bool =
  FileManager.default.fileExists(atPath: sharedData.path)
  || ProcessInfo.processInfo.environment["CI"] != nil
