import FeatureExtraction
import Testing

private let web = "172.31.69.25"
private let second = "172.31.69.28"
private let bots = [
  "18.218.115.60", "18.219.9.1", "18.219.32.43", "18.218.55.126", "52.14.136.135", "18.219.5.43",
  "18.216.200.189", "18.218.229.235", "18.218.11.51", "18.216.24.42",
]
private let forward = "forward_packet_length_total"
private let backward = "backward_packet_length_total"
private let packets = "forward_packet_count"
private let answered = [forward: 500.0, backward: 500]
private let long = [forward: 500.0, packets: 21]
private let communication = "Infiltration - Communication Victim Attacker"
private let download = "Infiltration - Dropbox Download"

/// The schedule of CSE-CIC-IDS2018 as the corrected release has it: seconds since 1970 UTC.
private func attack(
  _ from: Int64, _ to: Int64, _ source: String, _ destination: String, _ port: UInt16,
  _ label: String, protocolNumber: UInt8 = 6, isEither: Bool = true,
  _ values: [String: Double] = [forward: 500]
) -> ScheduledAttack {
  ScheduledAttack(
    from * 1_000, to * 1_000, source, destination, port, label, protocolNumber: protocolNumber,
    isEither: isEither, values)
}

private let schedule: [ScheduledAttack] = [
  attack(1_518_618_806, 1_518_624_631, "18.221.219.4", web, 21, "FTP-BruteForce - Attempted"),
  ScheduledAttack(
    1_518_631_281_200, 1_518_631_281_503, "13.58.98.64", web, 21, "FTP-BruteForce - Attempted"),
  attack(1_518_631_310, 1_518_636_750, "13.58.98.64", web, 22, "SSH-BruteForce"),
  attack(1_518_701_262, 1_518_703_905, "18.219.211.138", web, 80, "DoS GoldenEye"),
  attack(1_518_706_812, 1_518_709_321, "18.217.165.70", web, 80, "DoS Slowloris"),
  attack(1_518_790_334, 1_518_793_513, "13.59.126.31", web, 21, "FTP-BruteForce - Attempted"),
  attack(1_518_803_127, 1_518_803_903, "18.219.193.20", web, 80, "DoS Hulk"),
  attack(1_519_309_072, 1_519_313_039, bots[0], second, 80, "Web Attack - Brute Force", long),
  attack(1_519_321_900, 1_519_324_181, bots[0], second, 80, "Web Attack - XSS"),
  attack(1_519_330_591, 1_519_331_276, bots[0], second, 80, "Web Attack - SQL", answered),
  attack(
    1_519_308_825, 1_519_308_947, bots[0], second, 80, "Web Attack - Brute Force - Attempted"),
  attack(1_519_330_471, 1_519_330_498, bots[0], second, 80, "Web Attack - SQL - Attempted"),
  attack(1_519_394_671, 1_519_398_186, bots[0], second, 80, "Web Attack - Brute Force", long),
  attack(1_519_405_265, 1_519_409_428, bots[0], second, 80, "Web Attack - XSS"),
  attack(1_519_412_793, 1_519_413_444, bots[0], second, 80, "Web Attack - SQL", answered),
  attack(1_519_412_723, 1_519_412_787, bots[0], second, 80, "Web Attack - SQL - Attempted"),
  attack(1_519_828_404, 1_519_829_172, "172.31.69.24", "162.125.3.5", 443, download),
  attack(1_519_839_771, 1_519_839_824, "172.31.69.24", "162.125.18.133", 443, download),
  attack(
    1_519_828_404, 1_519_829_172, "172.31.69.24", "52.84.128.3", 443, "\(download) - Attempted"),
  attack(1_519_829_140, 1_519_834_135, "172.31.69.24", "13.58.225.34", 31_337, communication),
  attack(1_519_839_839, 1_519_843_200, "172.31.69.24", "13.58.225.34", 31_337, communication),
  attack(
    1_519_829_182, 1_519_843_140, "172.31.69.24", "172.31.69.23", 22,
    "Infiltration - NMAP Portscan", isEither: false),
  attack(1_519_912_390, 1_519_912_760, "172.31.69.13", "162.125.3.6", 443, download),
  attack(1_519_913_032, 1_519_918_454, "172.31.69.13", "162.125.248.1", 443, download),
  attack(
    1_519_913_032, 1_519_918_454, "172.31.69.13", "13.32.168.125", 443, "\(download) - Attempted"),
  attack(1_519_912_674, 1_519_912_745, "172.31.69.13", "13.58.225.34", 31_337, communication),
  attack(1_519_913_075, 1_519_928_245, "172.31.69.13", "13.58.225.34", 31_337, communication),
  attack(1_519_928_295, 1_519_933_041, "172.31.69.13", "13.58.225.34", 31_337, communication),
  attack(
    1_519_913_389, 1_519_933_092, "172.31.69.13", "172.31.69.24", 22,
    "Infiltration - NMAP Portscan", isEither: false),
]

@Test(arguments: schedule) func windowsOf2018(attack: ScheduledAttack) throws {
  try attack.check(RuleTrial(LabelRules(named: "cic-ids2018")))
}

@Test(arguments: bots) func floodsOf2018(bot: String) throws {
  let trial = try RuleTrial(LabelRules(named: "cic-ids2018"))
  for attack in [
    attack(1_519_136_034, 1_519_139_809, bot, web, 80, "DDoS-LOIC-HTTP"),
    attack(1_519_146_857, 1_519_147_756, bot, web, 80, "DDoS-LOIC-UDP", protocolNumber: 17),
    attack(1_519_222_131, 1_519_224_219, bot, second, 80, "DDoS-LOIC-UDP", protocolNumber: 17),
    attack(1_519_236_668, 1_519_239_955, bot, second, 80, "DDoS-HOIC"),
    attack(
      1_519_146_857, 1_519_147_756, web, bot, 0, "DDoS-LOIC-UDP - Attempted", protocolNumber: 1,
      isEither: false),
    attack(
      1_519_222_131, 1_519_224_219, second, bot, 0, "DDoS-LOIC-UDP - Attempted", protocolNumber: 1,
      isEither: false),
  ] {
    try attack.check(trial)
  }
}

@Test func botnetOf2018OnEitherSide() throws {
  let trial = try RuleTrial(LabelRules(named: "cic-ids2018"))
  let server = "18.219.211.138"
  func label(_ second: Int64, _ values: [String: Double], isFromServer: Bool = false) throws
    -> String?
  {
    let time = second * 1_000_000_000
    return trial.label(
      isFromServer
        ? try .from(server, 8_080, to: "172.31.69.23", 40_000, at: time)
        : try .from("172.31.69.23", 40_000, to: server, 8_080, at: time), values)
  }
  for isFromServer in [false, true] {
    #expect(try label(1_520_000_008, answered, isFromServer: isFromServer) == "Botnet Ares")
    #expect(try label(1_520_020_492, answered, isFromServer: isFromServer) == "Botnet Ares")
    #expect(try label(1_520_000_007, answered, isFromServer: isFromServer) == "BENIGN")
    #expect(try label(1_520_020_493, answered, isFromServer: isFromServer) == "BENIGN")
    #expect(try label(1_520_010_000, [:], isFromServer: isFromServer) == "Botnet Ares - Attempted")
  }
  let reset = [forward: 9.0, "backward_reset_flag_count": 1]
  #expect(try label(1_520_020_424, reset) == "Botnet Ares - Attempted")
  #expect(try label(1_520_020_423, reset) == "Botnet Ares")
}

/// The conditions of the documentation of the corrected release, one after the other.
@Test(arguments: [
  AttemptedCase(1_518_632_000, "13.58.98.64", 4, web, 22, "SSH-BruteForce - Attempted", [:]),
  AttemptedCase(1_518_702_000, "18.219.211.138", 4, web, 80, "DoS GoldenEye - Attempted", [:]),
  AttemptedCase(
    1_518_702_000, "18.219.211.138", 4, web, 80, "DoS GoldenEye - Attempted",
    [forward: 9, "forward_reset_flag_count": 1, "flow_duration": 5_049_999]),
  AttemptedCase(
    1_518_702_000, "18.219.211.138", 4, web, 80, "DoS GoldenEye",
    [forward: 9, "forward_reset_flag_count": 1, "flow_duration": 5_050_000]),
  AttemptedCase(
    1_518_702_000, "18.219.211.138", 4, web, 80, "DoS GoldenEye - Attempted",
    [forward: 9, "backward_reset_flag_count": 1, "flow_duration": 100_000_001]),
  AttemptedCase(
    1_518_702_000, "18.219.211.138", 4, web, 80, "DoS GoldenEye",
    [forward: 9, backward: 1, "backward_reset_flag_count": 1, "flow_duration": 100_000_001]),
  AttemptedCase(1_518_708_000, "18.217.165.70", 4, web, 80, "DoS Slowloris - Attempted", [:]),
  AttemptedCase(1_518_803_500, "18.219.193.20", 4, web, 80, "DoS Hulk - Attempted", [:]),
  AttemptedCase(1_519_137_000, bots[3], 4, web, 80, "DDoS-LOIC-HTTP - Attempted", [:]),
  AttemptedCase(1_519_237_000, bots[3], 4, second, 80, "DDoS-HOIC - Attempted", [:]),
  AttemptedCase(
    1_519_310_000, bots[0], 4, second, 80, "Web Attack - Brute Force - Attempted",
    [forward: 9, packets: 20]),
  AttemptedCase(
    1_519_310_000, bots[0], 4, second, 80, "Web Attack - Brute Force - Attempted", [packets: 99]),
  AttemptedCase(
    1_519_322_000, bots[0], 63_782, second, 80, "Web Attack - XSS - Attempted", [forward: 9]),
  AttemptedCase(
    1_519_322_000, bots[0], 64_144, second, 80, "Web Attack - XSS - Attempted", [forward: 9]),
  AttemptedCase(
    1_519_406_000, bots[0], 59_173, second, 80, "Web Attack - XSS - Attempted", [forward: 9]),
  AttemptedCase(1_519_331_000, bots[0], 4, second, 80, "BENIGN", [forward: 9]),
  AttemptedCase(1_519_413_000, bots[0], 4, second, 80, "Web Attack - SQL - Attempted", [:]),
  AttemptedCase(
    1_519_828_500, "172.31.69.24", 4, "162.125.3.1", 443, "\(download) - Attempted", [:]),
  AttemptedCase(
    1_519_914_000, "172.31.69.13", 4, "13.58.225.34", 443, "\(communication) - Attempted", [:]),
  AttemptedCase(
    1_519_830_000, "172.31.69.24", 68, "172.31.69.1", 67, protocolNumber: 17, "BENIGN", [:]),
  AttemptedCase(1_519_830_000, "172.31.69.24", 4, "172.31.69.2", 80, "BENIGN", [:]),
  AttemptedCase(1_519_830_000, "172.31.69.24", 4, "172.31.69.3", 80, "BENIGN", [:]),
  AttemptedCase(
    1_519_830_000, "172.31.69.24", 4, "172.31.69.4", 80, "Infiltration - NMAP Portscan", [:]),
])
func attemptedFlowsOf2018(flow: AttemptedCase) throws {
  #expect(try flow.label(by: RuleTrial(LabelRules(named: "cic-ids2018"))) == flow.label)
}
