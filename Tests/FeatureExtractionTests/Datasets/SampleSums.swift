/// Sums over columns of `cic-ids2017-improved/flows.csv`, made with
/// `math.fsum(float(row[i]) for row in csv.reader(...))`.
enum SampleSums {
  static let duration = 604052308017.0
  static let forwardPackets = 329233.0
  static let bytesPerSecond = 4381092535.646443
}
