/// Reads one object member by member and remembers every fault, so that the sender learns of all at once.
///
/// Each question answers nil where the member is absent or faulty. Ask for everything first, then decide:
///
///     try json.read { reader in
///         let subject = reader.required("subject", .line())
///         let site = reader.optional("site", .line(length: 2...8))
///         guard let subject else { return nil }
///         return Submission(subject: subject, site: site)
///     }
public struct JSONReader {
    private let object: JSONObject
    public let pointer: JSONPointer
    private(set) var faults: JSONFaults
    private var asked: [String] = []
    /// What was asked for, where nothing is read and only the form is to be known; nil where an object is read.
    private var members: [JSONSchema.Member]?
    private var refusesUnknown = true

    init(object: JSONObject, pointer: JSONPointer, faults: JSONFaults) {
        self.object = object
        self.pointer = pointer
        self.faults = faults
    }

    /// What an object looks like whose members `body` asks for.
    static func describe<Value>(_ body: (inout JSONReader) -> Value?) -> JSONSchema {
        var reader = JSONReader(object: JSONObject(), pointer: JSONPointer(), faults: JSONFaults())
        reader.members = []
        _ = body(&reader)
        return .object(reader.members ?? [], isClosed: reader.refusesUnknown)
    }

    /// The names that were sent, in their order.
    public var names: [String] { object.names }

    /// Whether the member was sent, null or not.
    public func has(_ name: String) -> Bool { object[name] != nil }

    /// A member that must be there.
    public mutating func required<Value>(_ name: String, _ form: JSONForm<Value>) -> Value? {
        note(name, form, isRequired: true)
        guard let json = object[name] else {
            fault(name, "is required")
            return nil
        }
        return form.read(json, pointer.appending(name), &faults)
    }

    /// A member that may be left out. Null is not leaving out, and a fault unless the form takes it.
    public mutating func optional<Value>(_ name: String, _ form: JSONForm<Value>) -> Value? {
        note(name, form, isRequired: false)
        guard let json = object[name] else { return nil }
        return form.read(json, pointer.appending(name), &faults)
    }

    /// A member of a change: left out, null and a value mean three things.
    public mutating func given<Value>(_ name: String, _ form: JSONForm<Value>) -> JSONGiven<Value> {
        note(name, form.orNull, isRequired: false)
        guard let json = object[name] else { return .absent }
        if json.isNull { return .null }
        return form.read(json, pointer.appending(name), &faults).map { .value($0) } ?? .absent
    }

    /// Lets further members pass, as one must with what other systems send.
    public mutating func allowUnknown() { refusesUnknown = false }

    /// Adds a fault that only the members together show; of one member, or of the whole object.
    public mutating func fault(_ name: String? = nil, _ detail: String) {
        faults.add(name.map(pointer.appending) ?? pointer, detail)
    }

    private mutating func note<Value>(_ name: String, _ form: JSONForm<Value>, isRequired: Bool) {
        asked.append(name)
        members?.append(JSONSchema.Member(name: name, schema: form.schema, isRequired: isRequired))
    }

    mutating func refuseUnknown() {
        guard refusesUnknown else { return }
        for name in object.names where !asked.contains(name) {
            let meant = faults.isFull ? nil : NearestWord.to(name, among: asked.filter { object[$0] == nil })
            fault(name, "is unknown" + (meant.map { "; did you mean \"\($0)\"?" } ?? ""))
        }
    }
}

/// What a change says about one member: nothing, take it away, or make it this.
public enum JSONGiven<Value> {
    case absent
    case null
    case value(Value)
}

extension JSONGiven: Equatable where Value: Equatable {}
extension JSONGiven: Sendable where Value: Sendable {}
