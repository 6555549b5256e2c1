import FeatureExtraction

/// Any bytes as a file of label rules: rules, or an error that says where.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLabelRules(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer passes a buffer of that length.
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  _ = try? LabelRules(bytes: bytes, file: "rules.yaml")
  return 0
}
