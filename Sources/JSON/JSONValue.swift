/// What can stand in a JSON text that we write.
public protocol JSONValue {
    var json: JSON { get }
}

extension JSON: JSONValue {
    public var json: JSON { self }

    /// An object of values of any kind, in the order written: `.object(["number": number, "legs": legs])`.
    /// Members that are nil become null.
    public static func object(_ members: KeyValuePairs<String, any JSONValue>) -> JSON {
        .object(JSONObject(members.lazy.map { ($0.key, $0.value.json) }))
    }
}

extension JSONObject: JSONValue {
    public var json: JSON { .object(self) }
}

extension JSONNumber: JSONValue {
    public var json: JSON { .number(self) }
}

extension String: JSONValue {
    public var json: JSON { .string(self) }
}

extension Substring: JSONValue {
    public var json: JSON { .string(String(self)) }
}

extension Bool: JSONValue {
    public var json: JSON { .bool(self) }
}

extension Int: JSONValue {
    public var json: JSON { .number(JSONNumber(self)) }
}

extension Int64: JSONValue {
    public var json: JSON { .number(JSONNumber(self)) }
}

extension Int32: JSONValue {
    public var json: JSON { .number(JSONNumber(self)) }
}

extension Int16: JSONValue {
    public var json: JSON { .number(JSONNumber(self)) }
}

extension Double: JSONValue {
    /// Null for what JSON cannot say: infinity, and what is not a number.
    public var json: JSON { isFinite ? .number(JSONNumber(grammatical: description)) : .null }
}

extension Optional: JSONValue where Wrapped: JSONValue {
    public var json: JSON { self?.json ?? .null }
}

extension Array: JSONValue where Element: JSONValue {
    public var json: JSON { .array(map(\.json)) }
}

extension RawRepresentable where Self: JSONValue, RawValue: JSONValue {
    public var json: JSON { rawValue.json }
}
