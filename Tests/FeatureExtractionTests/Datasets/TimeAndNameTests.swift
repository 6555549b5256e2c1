import FeatureExtraction
import Foundation
import Testing

struct TimeAndNameTests {
  private func seconds(_ text: String) -> Double? {
    CivilTime(Array(text.utf8)[...]).map { Double($0.nanoseconds(secondsEast: 0)) / 1e9 }
  }

  /// Against Foundation's calendar.
  @Test func daysOfFourHundredYears() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for year in stride(from: 1801, to: 2200, by: 1) {
      for month in [1, 2, 3, 12] {
        let parts = DateComponents(year: year, month: month, day: 28, hour: 23)
        let expected = try #require(calendar.date(from: parts)).timeIntervalSince1970
        #expect(seconds("\(year)-\(month)-28 23:00:00") == expected)
      }
    }
  }

  @Test func spellings() {
    let noon = 1_499_428_800.0  // date -u -d '2017-07-07 12:00' +%s
    #expect(seconds("2017-07-07 12:00:00") == noon)
    #expect(seconds("2017-07-07T12:00:00Z") == noon)
    #expect(seconds("2017-07-07 12:00:00 UTC") == noon)
    #expect(seconds("2017/07/07 12:00:00.500000") == noon + 0.5)
    #expect(seconds("7/7/2017 12:00") == noon)
    #expect(seconds("07.07.2017 12:00") == noon)
    #expect(seconds("07/07/2017 12:00:00 PM") == noon)
    #expect(seconds("07/07/2017 12:00:00 AM") == noon - 43_200)
    #expect(seconds("07/07/2017 01:00:00 PM") == noon + 3600)
    #expect(seconds("2017-07-07T14:00:00.000000+0200") == noon)
    #expect(seconds("2017-07-07T09:00:00-03:00") == noon)
    #expect(seconds("2017-07-07") == noon - 43_200)
  }

  /// The day comes first: a month above 12 is no time, not a day.
  @Test func whatIsNoTime() {
    for text in [
      "", "7", "1/2", "2/14/2018 08:00", "2018-13-01", "2018-01-01 25:00", "10.0.0.1",
      "2018-01-01 10:00 XY", "2018-01-01 10",
    ] {
      #expect(seconds(text) == nil, "\(text)")
    }
  }

  @Test func argusTimes() {
    let time = CivilTime(argus: Array("07/03.05:55:58.598308".utf8)[...])
    #expect(time?.month == 7 && time?.day == 3 && time?.hour == 5 && time?.fraction == 598_308_000)
  }

  @Test func snakeCase() {
    let names = [
      "Flow IAT Mean": "flow_iat_mean", "flowIATMean": "flow_iat_mean", "sTtl": "s_ttl",
      "ct_state_ttl": "ct_state_ttl", "IPV4_SRC_ADDR": "ipv4_src_addr", "TcpRtt": "tcp_rtt",
      "SrcTCPBase": "src_tcp_base", "id.orig_h": "id_orig_h", "Flow MB/s": "flow_mb_s",
      "Unnamed: 0": "unnamed_0", "L7_PROTO": "l7_proto", "PCRatio": "pc_ratio",
      "_write_ts": "write_ts",
      "src2dst_packets": "src2dst_packets", "sMeanPktSz": "s_mean_pkt_sz",
    ]
    for (header, name) in names { #expect(SnakeCase.name(header) == name, "\(header)") }
  }
}
