import Foundation

/// The data files of this module.
enum ResourceFile {
  /// The bytes of a file that is part of the program; that it is there is our own affair.
  static func bytes(_ name: String) -> [UInt8] {
    guard let url = Bundle.module.url(forResource: name, withExtension: nil),
      let data = try? Data(contentsOf: url)
    else { preconditionFailure("the resource \(name) is missing") }
    return Array(data)
  }

  static func decode<Value: Decodable>(_ name: String, as type: Value.Type) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes(name)))
    } catch {
      preconditionFailure("the resource \(name) is damaged: \(error)")
    }
  }
}
