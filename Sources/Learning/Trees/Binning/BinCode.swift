/// The integer that holds the bin of a row: a byte for histograms, two for nearly exact ranks.
package protocol BinCode: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, SendableMetatype {}

extension UInt8: BinCode {}
extension UInt16: BinCode {}
