/// What answers look like: built by hand where nothing reads them.
extension JSONSchema {
    public static var text: JSONSchema { kind("string") }
    public static var whole: JSONSchema { kind("integer") }
    public static var number: JSONSchema { kind("number") }
    public static var null: JSONSchema { kind("null") }
    public static var boolean: JSONSchema { kind("boolean") }
    /// An instant as RFC 3339 writes it.
    public static var moment: JSONSchema { JSONSchema(json: ["type": "string", "format": "date-time"]) }
    public static var uuid: JSONSchema { JSONSchema(json: ["type": "string", "format": "uuid"]) }

    /// One of the words of an enumeration.
    public static func word<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type) -> JSONSchema {
        word(among: type.allCases.map(\.rawValue))
    }

    /// One of these words.
    public static func word(of known: [String]) -> JSONSchema { word(among: known) }

    /// A whole number within the range.
    public static func whole(_ range: ClosedRange<Int>) -> JSONSchema { integer(range) }

    /// One of the few numbers of an enumeration.
    public static func number<Value: CaseIterable & RawRepresentable<Int>>(_ type: Value.Type) -> JSONSchema {
        let known = type.allCases.map(\.rawValue)
        return integer((known.min() ?? 0)...(known.max() ?? 0))
    }

    /// An object that has all of these members and no others.
    public static func object(_ members: KeyValuePairs<String, JSONSchema>) -> JSONSchema {
        object(members.map { Member(name: $0.key, schema: $0.value, isRequired: true) }, isClosed: true)
    }

    /// An object that may have members beside these.
    public static func open(_ members: KeyValuePairs<String, JSONSchema>, required: Set<String>) -> JSONSchema {
        object(
            members.map { Member(name: $0.key, schema: $0.value, isRequired: required.contains($0.key)) },
            isClosed: false)
    }

    /// A text of so many characters.
    public static func text(of length: ClosedRange<Int>) -> JSONSchema { text(length: length) }

    /// An object whose members nobody knows beforehand.
    public static func members(_ values: JSONSchema) -> JSONSchema {
        JSONSchema(json: ["type": "object", "additionalProperties": values.json])
    }

    /// Any of these.
    public static func either(_ schemas: JSONSchema...) -> JSONSchema { any(of: schemas) }

    /// What a document keeps under a name of its own.
    public static func reference(_ pointer: String) -> JSONSchema { JSONSchema(json: ["$ref": .string(pointer)]) }

    /// A list of these.
    public var list: JSONSchema { JSONSchema(json: ["type": "array", "items": json]) }

    /// The same, or null.
    public var orNull: JSONSchema { .any(of: [self, .kind("null")]) }

    /// The same with further members, all of them there.
    public func with(_ members: KeyValuePairs<String, JSONSchema>) -> JSONSchema {
        guard var object = json.object else { return self }
        var properties = object["properties"]?.object ?? JSONObject()
        for member in members { properties[member.key] = member.value.json }
        object["properties"] = .object(properties)
        object["required"] = .array((object["required"]?.array ?? []) + members.map { .string($0.key) })
        return JSONSchema(json: .object(object))
    }

    /// The same without telling which words one of these lists holds: any text may stand there.
    public func hiding(_ lists: [[String]]) -> JSONSchema { JSONSchema(json: Self.hide(lists, in: json)) }

    private static func hide(_ lists: [[String]], in json: JSON) -> JSON {
        switch json {
        case .array(let elements): return .array(elements.map { hide(lists, in: $0) })
        case .object(var object):
            if let words = object["enum"]?.array, lists.contains(words.compactMap(\.string)) { object["enum"] = nil }
            return .object(JSONObject(object.map { ($0.name, hide(lists, in: $0.value)) }))
        default: return json
        }
    }
}
