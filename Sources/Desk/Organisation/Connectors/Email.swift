public import JSON

extension Supplier {
    /// The supplier reads and writes mail.
    public struct Email: ConnectorTerms {
        /// Where our messages go.
        public var address: String
        /// The language in which it is written to, as BCP 47 writes it.
        public var language: String
        /// Who speaks for the supplier: addresses, and domains as `@noc.example`. Our messages' address always does.
        public var senders: [String]
        /// What the numbers of its own tickets look like; those of common systems are known without.
        public var references: [ReferencePattern]

        public init(
            address: String, language: String = "en", senders: [String] = [], references: [ReferencePattern] = []
        ) {
            (self.address, self.language) = (address, language)
            (self.senders, self.references) = (senders, references)
        }
    }
}

extension Supplier.Email {
    public static var word: String { "email" }

    public init?(_ reader: inout JSONReader) {
        let address = reader.required("address", .address)
        let language = reader.optional("language", .word(among: Letter.languages))
        let senders = reader.optional("senders", .list(of: .sender, count: 0...100))
        let references = reader.optional("references", .list(of: .referencePattern, count: 0...20))
        guard let address else { return nil }
        self.init(address: address, language: language ?? "en", senders: senders ?? [], references: references ?? [])
    }

    public var members: JSONObject {
        JSONObject([
            ("address", address.json), ("language", language.json), ("senders", senders.json),
            ("references", references.map(\.text).json),
        ])
    }

    public var secrets: [String] { [] }

    /// Whether what comes from an address may be the supplier's.
    public func isSender(_ author: some StringProtocol) -> Bool {
        let author = author.lowercased()
        let domain = author.lastIndex(of: "@").map { author[$0...] } ?? ""
        return author == address || senders.contains { $0 == author || $0 == domain }
    }
}
