import FeatureTables

extension CICDefinitions {
  private static var doubledFirst: String {
    "Mended: the length of the first packet was entered twice through 2021."
  }

  static var packetLengths: [Definition] {
    [
      Definition(
        "packet_length_minimum", "Packet Length Min", in: .bytes,
        "Smallest payload of a packet.", formula: "min p", defect: lengthDefect
      ) { $0.lengths.minimum },
      Definition(
        "packet_length_maximum", "Packet Length Max", in: .bytes,
        "Largest payload of a packet.", formula: "max p", defect: lengthDefect
      ) { $0.lengths.maximum },
      Definition(
        "packet_length_mean", "Packet Length Mean", in: .bytes,
        "Mean payload of the packets in both directions.", formula: "Σ p / n", defect: doubledFirst
      ) { $0.lengths.mean },
      Definition(
        "packet_length_standard_deviation", "Packet Length Std", in: .bytes,
        "Sample deviation of the payload; 0 for one packet.",
        formula: "√(Σ (p − mean)² / (n − 1))", defect: doubledFirst
      ) { $0.lengths.deviation },
      Definition(
        "packet_length_variance", "Packet Length Variance", in: .bytesSquared,
        "Sample variance of the payload; 0 for one packet.",
        formula: "Σ (p − mean)² / (n − 1)", defect: doubledFirst
      ) { $0.lengths.variance },
    ]
  }

  static var ratios: [Definition] {
    [
      Definition(
        "down_up_ratio", "Down/Up Ratio", in: .ratio,
        "Backward packets by forward packets; 0 without a forward one.", formula: "b / f",
        defect: "Mended: divided to whole numbers through 2021."
      ) { flow in
        let (forward, backward) = (flow.sums(.forward), flow.sums(.backward))
        return forward.packetCount == 0
          ? 0 : Double(backward.packetCount) / Double(forward.packetCount)
      },
      Definition(
        "average_packet_size", "Average Packet Size", in: .bytes,
        "Mean payload: equals packet_length_mean.", formula: "Σ p / n", defect: doubledFirst
      ) { $0.lengths.mean },
      Definition(
        "forward_segment_size_mean", "Fwd Segment Size Avg", in: .bytes,
        "Mean payload, forward: equals forward_packet_length_mean.",
        formula: "Σ p / f, forward", defect: "Kept: a payload, and the same column twice."
      ) { $0.sums(.forward).lengths.mean },
      Definition(
        "backward_segment_size_mean", "Bwd Segment Size Avg", in: .bytes,
        "Mean payload, backward: equals backward_packet_length_mean.",
        formula: "Σ p / b, backward", defect: "Kept: a payload, and the same column twice."
      ) { $0.sums(.backward).lengths.mean },
    ]
  }
}
