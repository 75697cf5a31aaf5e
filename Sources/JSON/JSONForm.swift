/// What one value of a document must look like, and what it becomes.
public struct JSONForm<Value> {
    let read: (JSON, JSONPointer, inout JSONFaults) -> Value?
    /// Describes what is read, and nothing that would be refused; made only when it is asked for.
    let describe: () -> JSONSchema

    /// A form made by hand: adds a fault and returns nil, or returns the value.
    ///
    /// - Parameter schema: what a value looks like; it must hold for every value that is read.
    public init(
        described schema: @autoclosure @escaping () -> JSONSchema = .anything,
        _ read: @escaping (JSON, JSONPointer, inout JSONFaults) -> Value?
    ) {
        (self.read, describe) = (read, schema)
    }

    /// What a value of this form looks like.
    public var schema: JSONSchema { describe() }

    /// The same form, with the value turned into something else.
    public func map<Other>(_ convert: @escaping (Value) -> Other) -> JSONForm<Other> {
        JSONForm<Other>(described: schema) { json, pointer, faults in read(json, pointer, &faults).map(convert) }
    }

    /// The same form, where `convert` may find nothing: then `detail` is the fault.
    ///
    /// - Parameters:
    ///   - pattern: what a text looks like, as a schema says it; it must fit every text that passes.
    ///   - format: the same as a word that JSON Schema knows, such as `date-time`.
    public func checked<Other>(
        _ detail: String, pattern: String? = nil, format: String? = nil, _ convert: @escaping (Value) -> Other?
    ) -> JSONForm<Other> {
        JSONForm<Other>(described: schema.explained(detail, pattern: pattern, format: format)) {
            json, pointer, faults in
            guard let value = read(json, pointer, &faults) else { return nil }
            if let other = convert(value) { return other }
            faults.add(pointer, detail)
            return nil
        }
    }

    /// The same form, where `convert` may refuse: its error's description is the fault.
    public func checked<Other>(_ convert: @escaping (Value) throws -> Other) -> JSONForm<Other> {
        JSONForm<Other>(described: schema) { json, pointer, faults in
            guard let value = read(json, pointer, &faults) else { return nil }
            do {
                return try convert(value)
            } catch {
                faults.add(pointer, "\(error)")
                return nil
            }
        }
    }

    /// The form that `choose` picks once it has seen the value, for what may be written in several ways.
    ///
    /// - Parameter samples: values for which each of the forms is picked once; a value of each kind is enough where
    ///   the kind decides.
    public static func choosing(
        among samples: [JSON] = JSON.kinds, _ choose: @escaping (JSON) -> JSONForm
    ) -> JSONForm {
        JSONForm(described: .any(of: samples.map { choose($0).schema })) { json, pointer, faults in
            choose(json).read(json, pointer, &faults)
        }
    }

    /// The same form, or null, which is a value here and not a fault.
    public var orNull: JSONForm<Value?> {
        JSONForm<Value?>(described: .any(of: [schema, .kind("null")])) { json, pointer, faults in
            if json.isNull { return .some(nil) }
            return read(json, pointer, &faults).map { .some($0) }
        }
    }

    /// A form of values of one JSON kind.
    static func kind(_ name: String, _ schema: JSONSchema, _ take: @escaping (JSON) -> Value?) -> JSONForm {
        JSONForm(described: schema) { json, pointer, faults in
            if let value = take(json) { return value }
            faults.add(pointer, "must be \(name), not \(json.kind)")
            return nil
        }
    }
}

extension JSON {
    /// Reads the whole document in one form, or tells everything that is wrong with it.
    public func read<Value>(_ form: JSONForm<Value>) throws(JSONFaults) -> Value {
        var faults = JSONFaults()
        let value = form.read(self, JSONPointer(), &faults)
        guard faults.isEmpty, let value else {
            if faults.isEmpty { faults.add(JSONPointer(), "is not acceptable") }
            throw faults
        }
        return value
    }

    /// Reads the whole document as an object, or tells everything that is wrong with it.
    public func read<Value>(_ body: @escaping (inout JSONReader) -> Value?) throws(JSONFaults) -> Value {
        try read(.object(body))
    }
}
