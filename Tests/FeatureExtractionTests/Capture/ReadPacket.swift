import FeatureExtraction
import FeatureTables
import TestSupport

/// A record with its bytes, out of the window.
struct ReadPacket: Equatable {
  let time: Int64
  let originalLength: UInt32
  let bytes: [UInt8]
}

func readAll(_ path: String) throws -> (packets: [ReadPacket], ending: CaptureEnding?) {
  try readAll(CaptureReader(path: path))
}

func readAll(_ bytes: [UInt8]) throws -> (packets: [ReadPacket], ending: CaptureEnding?) {
  try readAll(CaptureReader(name: "memory", bytes: bytes))
}

func readAll(
  _ reader: consuming CaptureReader
) throws -> (packets: [ReadPacket], ending: CaptureEnding?) {
  var reader = reader
  var packets: [ReadPacket] = []
  while let record = try reader.next() {
    let bytes = reader.withBytes(of: record) { span in
      (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
    packets.append(
      ReadPacket(time: record.time, originalLength: record.originalLength, bytes: bytes))
  }
  return (packets, reader.ending)
}

/// Packets of all lengths around the padding of pcapng, with whole microseconds.
func sample(count: Int = 9) -> CaptureBuilder {
  var builder = CaptureBuilder()
  for index in 0..<count {
    builder.packets.append(
      .init(
        time: 1_500_000_000_000_000_000 + Int64(index) * 1_234_567_000,
        bytes: (0..<index).map { UInt8($0) }, originalLength: index * 3))
  }
  return builder
}

/// What a reader should make of a capture.
func expected(_ builder: CaptureBuilder) -> [ReadPacket] {
  builder.packets.map {
    ReadPacket(
      time: $0.time, originalLength: UInt32($0.originalLength ?? $0.bytes.count), bytes: $0.bytes)
  }
}
