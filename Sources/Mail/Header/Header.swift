/// The fields of a message or of one of its parts, in their order.
public struct Header: Hashable, Sendable {
    public private(set) var fields: [HeaderField]

    init(fields: [HeaderField] = []) {
        self.fields = fields
    }

    /// The first field of this name, whatever its case.
    public func first(_ name: String) -> HeaderField? {
        let key = name.lowercased()
        return fields.first { $0.key == key }
    }

    /// All fields of this name, whatever its case, in their order.
    public func all(_ name: String) -> [HeaderField] {
        let key = name.lowercased()
        return fields.filter { $0.key == key }
    }

    /// The text of the first field of this name.
    public subscript(name: String) -> String? { first(name)?.text }
}
