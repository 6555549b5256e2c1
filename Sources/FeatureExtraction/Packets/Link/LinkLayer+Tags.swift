extension LinkLayer {
  /// The VLANs that the tags of the outermost frame name; tags of frames inside it do not count.
  static func tags(of bytes: RawSpan, linkType: LinkType) -> VLANTags {
    var tags = VLANTags()
    var payload = frame(bytes, linkType: linkType, at: 0)
    while case .type(let type, let offset) = payload, let length = EtherType.lengthOfTag(type) {
      if EtherType.isTag(type), let control = bytes.bigEndian16(ifAt: offset) {
        tags.append(control: control)
      }
      payload = .typed(bytes, typeAt: offset + length)
    }
    return tags
  }
}
