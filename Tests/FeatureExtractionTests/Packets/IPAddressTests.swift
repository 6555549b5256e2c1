import FeatureExtraction
import FeatureTables
import Foundation
import Testing

@Test(arguments: [
  ("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
  ("0:0:0:0:0:0:0:0", "::"), ("::1", "::1"), ("fe80::", "fe80::"), ("1::2:0:0:0:3", "1:0:0:2::3"),
  ("::ffff:1.2.3.4", "::ffff:1.2.3.4"), ("2001:DB8::AbC", "2001:db8::abc"),
  ("192.168.0.1", "192.168.0.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
])
func addressesHaveOneText(text: String, canonical: String) throws {
  let address = try #require(IPAddress(text))
  #expect(address.description == canonical)
  #expect(IPAddress(canonical) == address)
}

@Test func addressTextAgreesWithTheCLibrary() throws {
  var random = RandomGenerator(seed: 7)
  for _ in 0..<2_000 {
    // Many zero groups; the first is none, so that no form with an IPv4 tail applies.
    let groups = (0..<8).map { $0 > 0 && random.below(2) == 0 ? 0 : 1 + random.below(0xFFFF) }
    let text = groups.map { String($0, radix: 16) }.joined(separator: ":")
    var storage = in6_addr()
    var output = [CChar](repeating: 0, count: 64)
    #expect(unsafe inet_pton(AF_INET6, text, &storage) == 1)
    unsafe inet_ntop(AF_INET6, &storage, &output, 64)
    let expected = String(
      decoding: output.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #expect(IPAddress(text)?.description == expected)
  }
}

@Test(arguments: ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "::1::", "host", "1.2.3.4/8"])
func whatIsNoAddressIsNil(text: String) {
  #expect(IPAddress(text) == nil)
}
