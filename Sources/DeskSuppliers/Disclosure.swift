public import Catalogue
public import Desk
public import JSON

/// What a supplier is shown of a ticket. Nothing of a ticket but its number leaves in another way.
public struct Disclosure: Hashable, Sendable {
    /// By the name of the field.
    public let members: JSONObject

    /// The only place where a supplier's allow-list is applied.
    public init(of facts: TicketFacts, allowing fields: [Supplier.Field]) {
        var facts = facts
        facts.files = facts.files.disclosed(to: fields)
        members = JSONObject(
            Supplier.Field.allCases.lazy.filter(fields.contains).compactMap { field in
                facts[field].map { (field.rawValue, $0) }
            })
    }

    /// The same of what was told already, under the names of the fields.
    public init(of told: JSONObject, allowing fields: [Supplier.Field]) {
        members = JSONObject(
            Supplier.Field.allCases.lazy.filter(fields.contains).compactMap { field in
                told[field.rawValue].map { (field.rawValue, $0) }
            })
    }

    /// What was disclosed, as its receiver reads it.
    init(_ reader: inout JSONReader) {
        var members = JSONObject()
        for field in Supplier.Field.allCases {
            members[field.rawValue] = reader.optional(field.rawValue, .any)
        }
        self.members = members
    }

    /// What a field says, as a text that can be kept; nil where it was not disclosed or says nothing.
    ///
    /// - Parameter most: how many characters of it are kept.
    public func words(_ field: Supplier.Field, most: Int = 100_000) -> String? {
        self[field]?.word.map { String($0.replacing("\0", with: "\u{FFFD}").prefix(most)) }
    }

    /// What a field says, as people read it: each file on a line of its own.
    public func words(_ field: Supplier.Field, in wording: Wording) -> String? {
        guard let value = self[field] else { return nil }
        if field == .files {
            return files.map { file in
                wording(.fileSize, ["name": file.name, "size": wording.size(bytes: Int(file.size))])
            }.joined(separator: "\n")
        }
        return value.string ?? value.array?.compactMap(\.string).joined(separator: "\n") ?? value.text
    }

    /// The files that were disclosed.
    public var files: [SharedFile] { self[.files]?.array?.compactMap(SharedFile.init) ?? [] }

    /// The value of a field, if it was disclosed.
    public subscript(field: Supplier.Field) -> JSON? { members[field.rawValue] }
}
