import JSON
import Testing

@Suite("The schema of a form")
struct JSONSchemaTests {
    private enum Colour: String, CaseIterable {
        case red, green
    }

    @Test("says of scalars what the form takes")
    func scalars() {
        #expect(JSONForm<Bool>.boolean.schema.json == ["type": "boolean"])
        #expect(JSONForm<Int>.integer(1...3).schema.json == ["type": "integer", "minimum": 1, "maximum": 3])
        #expect(JSONForm<Int>.integer().schema.json == ["type": "integer"])
        #expect(JSONForm<Colour>.word().schema.json["enum"] == ["red", "green"])
        let text = JSONForm<String>.text(length: 0...5)
        #expect(text.schema.json == ["type": "string", "maxLength": 5])
        let even = text.checked("must be even", pattern: "^(..)*$") { $0.count % 2 == 0 ? $0 : nil }
        #expect(even.schema.json["pattern"] == "^(..)*$" && even.schema.json["description"] == "must be even")
        #expect(JSONForm<JSON>.any.schema.json == true)
    }

    @Test("says which members an object has, whatever the body decides about their values")
    func objects() {
        let form = JSONForm<Int>.object { reader in
            let size = reader.required("size", .integer(0...9))
            _ = reader.optional("colour", JSONForm<Colour>.word())
            _ = reader.given("note", .line())
            guard let size else { return nil }
            return size
        }
        let schema = form.schema.json
        #expect(schema["required"] == ["size"])
        #expect(schema["properties"]?.object?.names == ["size", "colour", "note"])
        #expect(schema["properties"]?["note"]?["anyOf"]?.array?.count == 2)
        #expect(schema["additionalProperties"] == false)
        let open = JSONForm<Bool>.object { reader in
            reader.allowUnknown()
            return true
        }
        #expect(open.schema.json["additionalProperties"] == nil)
    }

    @Test("of lists, free names and alternatives holds what they hold")
    func containers() {
        let list = JSONForm<[Bool]>.list(of: .boolean, count: 1...3).schema.json
        #expect(list == ["type": "array", "minItems": 1, "maxItems": 3, "items": ["type": "boolean"]])
        let members = JSONForm<[(name: String, value: Bool)]>.members(names: .line(), values: .boolean).schema.json
        #expect(members["additionalProperties"] == ["type": "boolean"])
        #expect(members["propertyNames"]?["type"] == "string")
        let either = JSONForm<Int>.choosing { json in
            json.string == nil ? .integer() : JSONForm<String>.line().map(\.count)
        }
        #expect(either.schema.json["anyOf"]?.array?.map { $0["type"] } == ["integer", "string"])
        #expect(JSONForm<Bool>.boolean.orNull.schema.json == ["anyOf": [["type": "boolean"], ["type": "null"]]])
    }
}
