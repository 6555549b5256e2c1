import FeatureTables
import Models
import Testing

private func value(_ text: String) throws -> JSONValue {
  try JSONDocument(Array(text.utf8), file: "test.json", remedy: "").root.value()
}

private func schema() throws -> JSONSchema { JSONSchema(root: try value(ModelDocument.jsonSchema)) }

/// The value with each member of each object left out in turn, and the path of what was left out.
private func withOneMemberLess(_ value: JSONValue) -> [(path: String, value: JSONValue)] {
  switch value {
  case .object(let members):
    return members.indices.flatMap { index -> [(path: String, value: JSONValue)] in
      let member = members[index]
      var rest = members
      rest.remove(at: index)
      let deeper = withOneMemberLess(member.value).map { path, value in
        var changed = members
        changed[index] = .init(key: member.key, value: value)
        return (path: "\(member.key).\(path)", value: JSONValue.object(changed))
      }
      return [(path: member.key, value: .object(rest))] + deeper
    }
  case .array(let elements):
    // One element stands for all of its kind.
    guard let first = elements.first else { return [] }
    return withOneMemberLess(first).map { path, value in
      (path: path, value: .array([value] + elements.dropFirst()))
    }
  default: return []
  }
}

@Test(arguments: SampleModels.all.indices)
func documentsFollowTheSchema(index: Int) throws {
  let model = SampleModels.all[index]
  let document = try value(SampleDocuments.text(model))
  #expect(try schema().problems(with: document) == [])
}

/// What the schema requires the reader requires, and the other way round.
@Test(arguments: SampleModels.all.indices)
func schemaAndReaderAgreeOnWhatMayBeAbsent(index: Int) throws {
  var model = SampleModels.all[index]
  // `JSONValue` is for numbers up to 2^53.
  model.training.seed = 7
  let schema = try schema()
  let document = try value(SampleDocuments.undigested(model))
  for (path, changed) in withOneMemberLess(document) {
    let reads = (try? ModelDocument(changed.serialized(), file: "model.json")) != nil
    #expect(try schema.problems(with: changed).isEmpty == reads, "\(path)")
  }
}

@Test func theSchemaKnowsAllWords() throws {
  let root = try value(ModelDocument.jsonSchema)
  let units = root["$defs"]?["feature"]?["properties"]?["unit"]?["enum"]?.array
  #expect(units == Unit.allCases.map { .string($0.rawValue) })
  let reasons = root["$defs"]?["excluded_column"]?["properties"]?["reason"]?["enum"]?.array
  #expect(reasons == ExcludedColumn.Reason.allCases.map { .string($0.rawValue) })
  let policies = root["properties"]?["nonfinite"]?["enum"]?.array
  #expect(policies == NonfinitePolicy.allCases.map { .string($0.rawValue) })
}

@Test func theSchemaRefusesWhatIsWrong() throws {
  let schema = try schema()
  let text = try SampleDocuments.text(SampleModels.all[3])
  for (original, changed) in [
    ("flowmeter-model", "other"), ("\"1.0\"", "\"2.0\""), ("gradient-boosting", "oracle"),
    ("[10,4,", "[10,\"4\","), ("microseconds", "fortnights"), ("\"digest\": \"", "\"digest\": \"x"),
  ] {
    let document = try value(text.replacing(original, with: changed))
    #expect(try !schema.problems(with: document).isEmpty, "\(changed)")
  }
}
