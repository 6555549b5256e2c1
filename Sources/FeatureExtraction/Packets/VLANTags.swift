/// The VLANs that the tags of a frame name (IEEE 802.1Q): the outermost and the innermost, so that
/// up to two tags are told apart exactly, and of more those two.
///
/// The numbers 0 and 4095 name no VLAN, as the standard has it: 0 is a frame with a priority only,
/// 4095 is reserved.
public struct VLANTags: Hashable, Sendable, BitwiseCopyable {
  /// The VLAN of the outermost tag that names one, 1 to 4094; 0 where none does.
  public private(set) var outer: UInt16 = 0
  /// The VLAN of the innermost tag behind that; 0 where there is none.
  public private(set) var inner: UInt16 = 0

  /// No VLAN.
  public init() {}

  /// Takes in the control field of a tag: the number of the VLAN is its lower 12 bits.
  mutating func append(control: UInt16) {
    let number = control & 0xFFF
    guard 1...4094 ~= number else { return }
    if outer == 0 { outer = number } else { inner = number }
  }

  /// Both in 24 bits, which are never all set.
  var bits: UInt64 { UInt64(outer) << 12 | UInt64(inner) }

  /// What `bits` gave.
  init(bits: UInt64) {
    outer = UInt16(bits >> 12 & 0xFFF)
    inner = UInt16(bits & 0xFFF)
  }
}

/// Whether packets of different VLANs may belong to one flow.
public enum VLANMode: String, Sendable, CaseIterable {
  /// They may: tags are stepped over.
  case ignore
  /// They may not: the VLANs that the tags of the outermost frame name are part of the key.
  case key
}
