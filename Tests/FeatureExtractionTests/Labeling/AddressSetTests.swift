import FeatureExtraction
import Testing

/// The set against asking each block for itself.
@Test func setsHoldWhatTheirBlocksHold() throws {
  var generator = SystemRandomNumberGenerator()
  func address(_ range: ClosedRange<Int>) -> String {
    func number() -> Int { Int.random(in: range, using: &generator) }
    return Bool.random(using: &generator)
      ? "10.0.\(number()).\(number())" : "2001:db8::\(number()):\(number())"
  }
  for _ in 0..<50 {
    let blocks = try (0..<Int.random(in: 0...12, using: &generator)).map { _ in
      let text = address(0...5)
      let length = text.contains(":") ? Int.random(in: 100...128) : Int.random(in: 20...32)
      return try #require(AddressRange("\(text)/\(length)"))
    }
    let set = AddressSet(blocks)
    #expect(set.isEmpty == blocks.isEmpty)
    for _ in 0..<200 {
      let asked = try #require(IPAddress(address(0...7)))
      #expect(set.contains(asked) == blocks.contains { $0.contains(asked) }, "\(asked) \(blocks)")
    }
  }
}

@Test func edgesOfBlocks() throws {
  let all = try #require(AddressRange("0.0.0.0/0"))
  let mapped = try #require(IPAddress("::ffff:1.2.3.4"))
  #expect(all.contains(try #require(IPAddress("255.255.255.255"))))
  #expect(!all.contains(mapped), "a block of IPv4 holds no IPv6 address")
  #expect(try #require(AddressRange("::/0")).contains(mapped))
  #expect(!(try #require(AddressRange("::/0")).contains(try #require(IPAddress("1.2.3.4")))))
  #expect(AddressRange("10.1.2.3/8").map(String.init(describing:)) == "10.0.0.0/8")
  #expect(AddressRange("2001:db8::1").map(String.init(describing:)) == "2001:db8::1")
  for text in ["", "/", "10.0.0.1/", "10.0.0.1/-1", "10.0.0.1/33", "::/129", "10.0.0.1/8/9"] {
    #expect(AddressRange(text) == nil, "\(text)")
  }
}
