/// What a value of a document looks like, as JSON Schema (2020-12) says it: for editors, and for checks where no reader
/// is at hand. It may let pass what the reader refuses, and never refuses what the reader takes.
public struct JSONSchema: Hashable, Sendable {
    /// The schema itself.
    public let json: JSON

    /// Whatever stands there.
    public static var anything: JSONSchema { JSONSchema(json: true) }

    /// A member of an object.
    struct Member {
        let name: String
        let schema: JSONSchema
        let isRequired: Bool
    }

    /// The document that says so: with its dialect, a title, and where people may look it up.
    public func document(title: String) -> JSON {
        var document = JSONObject([
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", .string(title)),
        ])
        for member in json.object ?? JSONObject() { document[member.name] = member.value }
        return .object(document)
    }

    /// The same with a sentence about it, and for a text with how it looks.
    func explained(_ sentence: String, pattern: String?, format: String?) -> JSONSchema {
        guard var object = json.object else { return self }
        object["description"] = .string(sentence)
        if let pattern { object["pattern"] = .string(pattern) }
        if let format { object["format"] = .string(format) }
        return JSONSchema(json: .object(object))
    }

    static func kind(_ name: String) -> JSONSchema { JSONSchema(json: ["type": .string(name)]) }

    static func text(length: ClosedRange<Int>) -> JSONSchema {
        bounded("string", length, "minLength", "maxLength")
    }

    static func integer(_ range: ClosedRange<Int>) -> JSONSchema { bounded("integer", range, "minimum", "maximum") }

    static func word(among known: [String]) -> JSONSchema {
        JSONSchema(json: ["type": "string", "enum": .array(known.map { .string($0) })])
    }

    static func list(of element: JSONSchema, count: ClosedRange<Int>) -> JSONSchema {
        bounded("array", count, "minItems", "maxItems").with("items", element.json)
    }

    static func members(names: JSONSchema, values: JSONSchema, count: ClosedRange<Int>) -> JSONSchema {
        bounded("object", count, "minProperties", "maxProperties")
            .with("propertyNames", names.json).with("additionalProperties", values.json)
    }

    static func object(_ members: [Member], isClosed: Bool) -> JSONSchema {
        var object = JSONObject([("type", "object")])
        object["properties"] = .object(JSONObject(members.map { ($0.name, $0.schema.json) }))
        object["required"] = .array(members.filter(\.isRequired).map { .string($0.name) })
        if isClosed { object["additionalProperties"] = false }
        return JSONSchema(json: .object(object))
    }

    /// Any of these; what stands twice is said once.
    static func any(of schemas: [JSONSchema]) -> JSONSchema {
        var different: [JSONSchema] = []
        for schema in schemas where !different.contains(schema) { different.append(schema) }
        if different.count == 1 { return different[0] }
        return JSONSchema(json: ["anyOf": .array(different.map(\.json))])
    }

    /// A bound that is none, such as the largest number there is, is not told.
    private static func bounded(
        _ type: String, _ range: ClosedRange<Int>, _ least: String, _ most: String
    ) -> JSONSchema {
        var schema = kind(type)
        let isNumber = type == "integer"
        if range.lowerBound != (isNumber ? .min : 0) {
            schema = schema.with(least, .number(JSONNumber(range.lowerBound)))
        }
        if range.upperBound != .max { schema = schema.with(most, .number(JSONNumber(range.upperBound))) }
        return schema
    }

    private func with(_ name: String, _ value: JSON) -> JSONSchema {
        var object = json.object ?? JSONObject()
        object[name] = value
        return JSONSchema(json: .object(object))
    }
}

extension JSON {
    /// A value of every kind.
    public static var kinds: [JSON] { [.null, true, 0, "", [], .object(JSONObject())] }
}
