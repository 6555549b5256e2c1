import FeatureExtraction
import FeatureTables
import Foundation
import Testing

@Test func timesReadAsTheCalendarSays() {
  var random = RandomGenerator(seed: 3)
  let formatter = ISO8601DateFormatter()
  for _ in 0..<2_000 {
    // From 1832 to 2107.
    let seconds = Int64(random.below(8_700_000_000)) - 4_350_000_000
    let nanoseconds = Int64(random.below(1_000_000_000))
    let date = formatter.string(from: Date(timeIntervalSince1970: Double(seconds))).dropLast()
    let digits = String(nanoseconds + 1_000_000_000).dropFirst()
    #expect(Timestamp.text(seconds * 1_000_000_000 + nanoseconds) == "\(date).\(digits)Z")
  }
  #expect(Timestamp.text(.max) == "2262-04-11T23:47:16.854775807Z")
  #expect(Timestamp.text(-1) == "1969-12-31T23:59:59.999999999Z")
}
