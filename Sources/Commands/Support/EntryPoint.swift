import ArgumentParser
import FeatureTables
import Foundation
import Glibc
import Learning

/// Runs a command line and ends the process with the exit code of the contract: 0 done, 1 a stated
/// requirement does not hold, 64 usage, 65 bad data, 66 no input, 70 our fault, 73 no output,
/// 74 input or output failed, 130 interrupted.
public enum EntryPoint {
  /// Parses the arguments of the process as `command`, runs it and exits.
  public static func main<Command: ParsableCommand>(_ command: Command.Type) -> Never {
    // Writing to a closed pipe is then an error like others, which ends the process quietly.
    signal(SIGPIPE, SIG_IGN)
    removeUnfinishedFilesWhenInterrupted()
    do {
      var parsed = try Command.parseAsRoot()
      try parsed.run()
      Command.exit()
    } catch {
      guard let (text, code) = failure(of: error) else { Command.exit(withError: error) }
      if code != 0 { Console.fail(text) }
      exit(code)
    }
  }

  /// The words and the exit code of an error of ours; nil where ArgumentParser knows better.
  static func failure(of error: any Error) -> (text: String, code: Int32)? {
    switch error {
    case let error as DataError: (error.description, error.exitCode)
    case let error as FitError: (error.description, error.exitCode)
    default: nil
    }
  }

  private static func removeUnfinishedFilesWhenInterrupted() {
    for (number, code) in [(SIGINT, Int32(130)), (SIGTERM, Int32(143))] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      // The handler holds its source: both live as long as the process.
      source.setEventHandler { [source] in
        withExtendedLifetime(source) {}
        let words = Interruption.lastWords()
        WholeFile.removeUnfinished()
        if let words {
          Console.clearProgress()
          Console.fail(words)
        }
        _exit(code)
      }
      source.resume()
    }
  }
}

extension FitError {
  /// Hyperparameters are usage, a checkpoint that cannot be written is what its error says;
  /// everything else is the data's fault.
  var exitCode: Int32 {
    switch self {
    case .hyperparameter: 64
    case .checkpoint(let error): error.exitCode
    default: 65
    }
  }
}
