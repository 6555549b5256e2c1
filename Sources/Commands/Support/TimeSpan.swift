import ArgumentParser

/// A length of time on the command line: `120s`, `500ms`, `2m`, `1h`, or `never`; a bare number is
/// seconds.
struct TimeSpan: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    if argument == "never" {
      seconds = .infinity
      return
    }
    let units: [(suffix: String, seconds: Double)] = [
      ("ms", 1e-3), ("us", 1e-6), ("s", 1), ("m", 60), ("h", 3600), ("", 1),
    ]
    guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }),
      let number = Double(argument.dropLast(unit.suffix.count)), number.isFinite, number > 0
    else { return nil }
    seconds = number * unit.seconds
  }
}
