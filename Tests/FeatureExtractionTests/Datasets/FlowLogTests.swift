import FeatureExtraction
import FeatureTables
import Testing

/// Zeek, Suricata, Argus and nfdump, made from bytes.
struct FlowLogTests {
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  private let zeekFields = [
    "ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "service",
    "duration", "orig_bytes", "resp_bytes", "conn_state", "local_orig", "local_resp",
    "missed_bytes", "history", "orig_pkts", "orig_ip_bytes", "resp_pkts", "resp_ip_bytes",
  ]

  private func zeekRow(_ label: String, history: String = "ShADadFf", end: String) -> String {
    [
      "1525879831.015811", "CUmrqr4svHuSXJy5z7", "192.168.100.103", "51524", "65.127.233.163",
      "23", "tcp", "-", "2.999051", "0", "-", "S0", "-", "-", "0", history, "3", "180", "0", "0",
    ].joined(separator: "\t") + end + label + "\n"
  }

  /// The last three columns of IoT-23 are separated by three blanks.
  @Test func labeledZeekOfIoT23() throws {
    let header =
      "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"
      + "#path\tconn\n#fields\t" + zeekFields.joined(separator: "\t")
      + "\ttunnel_parents   label   detailed-label\n#types\ttime\n"
    let rows =
      zeekRow("Malicious   PartOfAHorizontalPortScan", history: "S", end: "\t(empty)   ")
      + zeekRow("Benign   -", end: "\t(empty)   ") + zeekRow("-   -", end: "\t-   ")
      + "#close\t2019-03-15-14-50-49\n"
    let table = try bytes.read(header + rows, "conn.log.labeled")
    #expect(table.settings["form"] == "zeek-conn")
    #expect(table.labels.classes == ["Benign", "Malicious"])
    #expect(table.account.dropped == ["unlabeled_rows": 1])
    #expect(table.reason("detailed-label") == .label)
    #expect(table.column("flow_duration") == [2_999_051, 2_999_051])
    #expect(table.column("backward_packet_length_total").allSatisfy { $0.isNaN }, "- is no zero")
    #expect(table.column("history_originator_synchronize") == [1, 1])
    #expect(table.column("history_responder_handshake") == [0, 1])
    #expect(table.names("protocol") == ["tcp", "tcp"])
    #expect(table.identity.startTimes == [1_525_879_831_015_811_000, 1_525_879_831_015_811_000])
    #expect(table.identity.connections.count == 2)
    #expect(table.reason("uid") == .identifier)
  }

  @Test func columnsThatChangeHalfWay() {
    let first =
      "#separator \\x09\n#path\tconn\n#fields\t" + zeekFields.joined(separator: "\t") + "\n"
    let other = "#fields\t" + zeekFields.reversed().joined(separator: "\t") + "\n"
    let row = zeekRow("", end: "")
    #expect {
      try bytes.read(first + row + other + row, "conn.log") { $0.keepsUnlabeledRows = true }
    } throws: { error in
      (error as? DataError)?.place == .line(5)
    }
    #expect(throws: Never.self) {
      try bytes.read(first + row + first + row, "conn.log") { $0.keepsUnlabeledRows = true }
    }
  }

  @Test func otherLogsOfZeek() {
    #expect {
      try bytes.read("#separator \\x09\n#path\tdns\n#fields\tts\tuid\tquery\n1\tC\tx\n", "dns.log")
    } throws: { error in
      (error as? DataError)?.problem.contains("'dns'") == true
    }
  }

  @Test func zeekAsJSON() throws {
    let text = """
      {"ts":1700828217.314165,"uid":"C1","id.orig_h":"192.168.1.9","id.orig_p":50820,"id.resp_h":"45.33.32.156","id.resp_p":443,"proto":"tcp","service":"","duration":0.25,"orig_bytes":10,"conn_state":"REJ","history":"Sr","orig_pkts":1,"label":"Malicious"}
      {"ts":1700828218.314165,"uid":"C2","id.orig_h":"45.33.32.156","id.orig_p":443,"id.resp_h":"192.168.1.9","id.resp_p":50820,"proto":"tcp","service":"ftp,ssl","conn_state":"SF","orig_pkts":2,"label":"Benign"}
      """
    let table = try bytes.read(text, "conn.log")
    #expect(table.labels.classes == ["Benign", "Malicious"])
    #expect(table.column("flow_duration")[0] == 250_000)
    #expect(table.column("flow_duration")[1].isNaN)
    #expect(table.names("service") == [nil, "ftp,ssl"])
    #expect(table.identity.connections[0] == table.identity.connections[1], "either direction")
  }

  @Test func suricata() throws {
    let text = """
      {"timestamp":"2021-06-06T15:57:37.272281+0200","event_type":"alert","flow_id":1}
      {"timestamp":"2021-06-06T15:57:37.272281+0200","flow_id":1,"event_type":"flow","src_ip":"10.0.0.1","src_port":1900,"dest_ip":"10.0.0.2","dest_port":80,"proto":"TCP","flow":{"pkts_toserver":12,"pkts_toclient":1,"bytes_toserver":4056,"bytes_toclient":60,"start":"2021-06-06T16:38:55.855844+0200","end":"2021-06-06T16:38:56.963027+0200","age":1,"state":"new","reason":"timeout","alerted":false},"tcp":{"tcp_flags_ts":"02","tcp_flags_tc":"14","state":"closed"}}
      {"timestamp":"2021-06-06T15:57:37.272281+0200","flow_id":2,"event_type":"flow","src_ip":"10.0.0.1","src_port":1901,"dest_ip":"10.0.0.2","dest_port":53,"proto":"UDP","app_proto":"dns","flow":{"pkts_toserver":1,"pkts_toclient":1,"bytes_toserver":40,"bytes_toclient":60,"start":"2021-06-06T16:38:55.855844+0200","end":"2021-06-06T16:38:55.855844+0200","age":0,"state":"established","reason":"timeout","alerted":true}}
      """
    let table = try bytes.read(text, "eve.json")
    #expect(table.settings["form"] == "suricata-eve-flow")
    #expect(table.account.dropped == ["other_event_rows": 1])
    #expect(table.labels.classes == ["not-alerted", "alerted"])
    #expect(table.labels.benign == ["not-alerted"])
    #expect(table.column("flow_duration") == [1_107_183, 0], "end less start, not whole seconds")
    #expect(table.column("forward_synchronize_seen") == [1, 0])
    #expect(table.column("backward_acknowledgment_seen") == [1, 0])
    #expect(table.column("backward_reset_seen") == [1, 0])
    #expect(table.identity.startTimes[0] == 1_622_990_335_855_844_000)
    #expect(table.reason("flow.reason") == .leak)
    #expect(table.matrix.schema.index(of: "timestamp") == nil)
  }

  @Test func binetflow() throws {
    let text = """
      StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,SrcPkts,Label
      2018/05/10 10:52:47.283479,0.5,man,0,0,,0,0,STA,,,0,0,0,0,flow=Background
      2018/05/10 10:52:48.283479,0.5,tcp,10.0.0.1,4000,   ->,10.0.0.2,80,FSPA_FA,0,,9,900,500,5,flow=From-Botnet-V42-TCP
      2018/05/10 10:52:49.283479,0.5,icmp,10.0.0.1,0x0303,   ->,10.0.0.2,,URP,0,,1,60,60,1,flow=To-Normal-V42-X
      2018/05/10 10:52:49.283479,0.5,udp,10.0.0.1,5000,  <->,10.0.0.2,53,CON,0,0,2,120,60,1,flow=Background-UDP
      2018/05/10 10:52:49.283479,0.5,udp,10.0.0.1,5000,  <->,10.0.0.2,53,CON,0,0,2,120,60,1,flow=Malware-TCP
      """
    let table = try bytes.read(text, "x.binetflow")
    #expect(table.settings["form"] == "binetflow")
    #expect(table.account.dropped == ["management_rows": 1, "background_rows": 1])
    #expect(table.classNames == ["malicious", "benign", "malicious"])
    #expect(table.column("backward_packet_count") == [4, 0, 1])
    #expect(table.column("backward_packet_length_total") == [400, 0, 60])
    #expect(table.names("state") == ["tcp_flags", "URP", "CON"])
    #expect(table.column("forward_push_seen") == [1, 0, 0])
    #expect(table.column("backward_push_seen") == [0, 0, 0])
    #expect(table.column("backward_finish_seen") == [1, 0, 0])
    #expect(table.names("dir") == ["->", "->", "<->"])
    let tabs = try bytes.read(text.replacing(",", with: "\t"), "x.binetflow")
    #expect(tabs.matrix.schema == table.matrix.schema)
    #expect(tabs.matrix.values.map(\.bitPattern) == table.matrix.values.map(\.bitPattern))
  }

  @Test func nfdumpWithSummary() throws {
    let header = "ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt"
    let row =
      "2014-03-15 08:57:37,2014-03-15 08:57:38,1.5,10.0.0.1,10.0.0.2,80,3.1,ICMP,......,0,0,4,240,0,0"
    let text = "\(header)\n\(row)\n\(row)\nSummary\nflows,bytes,packets\n2,480,8\n"
    let table = try bytes.read(text) { $0.keepsUnlabeledRows = true }
    #expect(table.settings["form"] == "nfdump-csv")
    #expect(table.rowCount == 2)
    #expect(table.account.dropped == ["trailer_rows": 3])
    #expect(table.column("flow_duration") == [1_500_000, 1_500_000])
  }
}
