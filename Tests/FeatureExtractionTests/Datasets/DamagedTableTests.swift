import FeatureExtraction
import FeatureTables
import Testing

/// Whatever the bytes, reading gives a table or an error, never a trap.
struct DamagedTableTests {
  private let bytes: TableBytes

  init() throws { bytes = try TableBytes() }

  private var seeds: [[UInt8]] {
    let cic = AliasRow.file("cic2017-85", rows: 3) {
      AliasRow.plain($0, $1, labels: ["BENIGN", "Web Attack \u{2013} XSS"])
    }
    let corrected = AliasRow.file("cic-corrected-91", rows: 2) {
      AliasRow.plain($0, $1, labels: ["BENIGN", "DDoS"])
    }
    return [
      cic, corrected, "x,kind,when,label\n1,a,2024-01-01 10:00:00,benign\n2,\"b\"\"\",,scan\n",
      "#separator \\x09\n#path\tconn\n#fields\tts\tid.orig_h\tconn_state\thistory\tlabel\n"
        + "1.5\t10.0.0.1\tSF\tShADad\tBenign\n#close\n",
      #"{"event_type":"flow","src_ip":"1.2.3.4","flow":{"start":"2021-06-06T16:38:55.8+0200","#
        + #""alerted":true},"tcp":{"tcp_flags_ts":"1f"}}"# + "\n",
      "StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,"
        + "Label\n2018/05/10 10:52:48.283479,0.5,tcp,10.0.0.1,1,->,10.0.0.2,80,FSPA_FA,0,,9,9,5,"
        + "flow=From-Botnet\n",
    ].map { Array($0.utf8) }
  }

  @Test func mutatedBytes() throws {
    var random = RandomGenerator(seed: 13)
    let marks = Array(",\t;\"\n\r#{}[]:\\.-eE0x\u{FF}naN".utf8)
    var tables = 0
    for seed in seeds {
      for _ in 0..<60 {
        var text = seed
        for _ in 0...random.below(6) {
          let position = random.below(text.count)
          switch random.below(4) {
          case 0: text[position] = marks[random.below(marks.count)]
          case 1: text[position] = UInt8(random.below(255) + 1)
          case 2: text.removeSubrange(position..<min(text.count, position + random.below(40)))
          default: text.insert(contentsOf: text[0..<min(50, position)], at: position)
          }
          if text.isEmpty { text = [0x61] }
        }
        let path = try bytes.folder.file("damaged.csv", text)
        var options = TableReadingOptions()
        options.badRows = random.below(2) == 0 ? .skip : .error
        options.nonfinite = NonfinitePolicy.allCases[random.below(4)]
        options.keepsUnlabeledRows = random.below(2) == 0
        do throws(DataError) {
          let table = try FlowTables.read([path], options: options)
          tables += 1
          let account = table.account
          #expect(account.read == account.used + account.dropped.values.reduce(0, +))
          #expect(table.rowCount == account.used)
          _ = try? FlowTables.requireTrainable(table)
        } catch {
          #expect([64, 65].contains(error.exitCode))
        }
      }
    }
    #expect(tables > 20, "most damage is small")
  }
}
