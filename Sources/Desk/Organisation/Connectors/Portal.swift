public import JSON

extension Supplier {
    /// The supplier has no system of its own and works in the desk's portal for suppliers.
    public struct Portal: ConnectorTerms {
        /// Who comes in there beside the supplier's contact.
        public var people: [Reader]
        /// The language in which its contact is written to, as a tag.
        public var language: String

        public init(people: [Reader] = [], language: String = "en") {
            (self.people, self.language) = (people, language)
        }
    }

    /// Somebody who speaks for a supplier in the desk's portal.
    public struct Reader: Hashable, Sendable {
        /// Empty for the supplier's contact, which may be a mailbox of several.
        public var name: String
        public var address: String
        public var language: String

        public init(name: String, address: String, language: String) {
            (self.name, self.address, self.language) = (name, address, language)
        }
    }

    /// Everybody who speaks for the supplier in the desk's portal, each address once; nobody where it has a system.
    public var readers: [Reader] {
        guard case .portal(let portal) = connector else { return [] }
        let contact = Reader(name: "", address: contact, language: portal.language)
        let others = portal.people.map { $0.address.lowercased() }
        return (others.contains(contact.address.lowercased()) ? [] : [contact]) + portal.people
    }
}

extension Supplier.Portal {
    public static var word: String { "portal" }

    public init?(_ reader: inout JSONReader) {
        let language = reader.optional("language", .language) ?? "en"
        let people = reader.optional("people", .list(of: Supplier.Reader.form(language), count: 0...100)) ?? []
        let addresses = people.map { $0.address.lowercased() }
        if Set(addresses).count < addresses.count { reader.fault("people", "must name each address once") }
        self.init(people: people, language: language)
    }

    public var members: JSONObject {
        var members = JSONObject([("language", language.json)])
        if !people.isEmpty { members["people"] = .array(people.map(\.json)) }
        return members
    }

    public var secrets: [String] { [] }
}

extension Supplier.Reader {
    /// - Parameter language: that of whoever names none.
    static func form(_ language: String) -> JSONForm<Supplier.Reader> {
        .object { reader in
            let name = reader.required("name", .line())
            let address = reader.required("email", .address)
            let own = reader.optional("language", .language)
            guard let name, let address else { return nil }
            return Supplier.Reader(name: name, address: address, language: own ?? language)
        }
    }

    var json: JSON {
        .object(JSONObject([("name", name.json), ("email", address.json), ("language", language.json)]))
    }
}
