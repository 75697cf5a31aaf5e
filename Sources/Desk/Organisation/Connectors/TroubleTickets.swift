public import JSON

extension Supplier {
    /// The supplier's system speaks TMF621: we call it, it works with the interface that we serve, or both.
    public struct TroubleTickets: ConnectorTerms {
        public enum Version: String, CaseIterable, Hashable, Sendable {
            case v4
            case v5
        }

        /// How a system departs from the standard.
        public enum Dialect: String, CaseIterable, Hashable, Sendable {
            case standard
            /// Each note is added by itself, and the list is never sent back.
            case serviceNow = "servicenow"
        }

        /// Where their interface begins, its version included; nil where their system works with ours alone.
        public var url: String?
        public var version: Version
        public var dialect: Dialect
        /// The name of the secret that we show them, a bearer token; there is one wherever there is a URL.
        public var token: String?
        /// The name of the secret in the address at which their system tells us of events; nil where it is only asked.
        public var listener: String?
        /// The names of the secrets with which we sign what we tell their listeners.
        public var signing: [String]

        public init(
            url: String? = nil, version: Version = .v5, dialect: Dialect = .standard, token: String? = nil,
            listener: String? = nil, signing: [String] = []
        ) {
            (self.url, self.version, self.dialect) = (url, version, dialect)
            (self.token, self.listener, self.signing) = (token, listener, signing)
        }
    }
}

extension Supplier.TroubleTickets {
    public static var word: String { "tmf621" }

    public init?(_ reader: inout JSONReader) {
        let url = reader.optional("url", .webAddress)
        let version: Version? = reader.optional("version", .word())
        let dialect: Dialect? = reader.optional("dialect", .word())
        let secrets = reader.optional("secrets", Self.secretNames)
        if url != nil, secrets?.token == nil {
            reader.fault(
                "secrets", "must name the token that is shown at the url, as {\"token\": {\"secret\": \"name\"}}")
        }
        self.init(
            url: url, version: version ?? .v5, dialect: dialect ?? .standard, token: secrets?.token,
            listener: secrets?.listener, signing: secrets?.signing ?? [])
    }

    private static var secretNames: JSONForm<(token: String?, listener: String?, signing: [String])> {
        .object { reader in
            let token = reader.optional("token", .secretName)
            let listener = reader.optional("listener", .secretName)
            let signing = reader.optional("signing", .list(of: .secretName, count: 0...4))
            return (token, listener, signing ?? [])
        }
    }

    public var members: JSONObject {
        var members = JSONObject()
        members["url"] = url?.json
        members["version"] = version.rawValue.json
        if dialect != .standard { members["dialect"] = dialect.rawValue.json }
        var names = JSONObject()
        names["token"] = token.map { JSON.object(["secret": $0]) }
        names["listener"] = listener.map { JSON.object(["secret": $0]) }
        if !signing.isEmpty { names["signing"] = .array(signing.map { JSON.object(["secret": $0]) }) }
        if !names.isEmpty { members["secrets"] = .object(names) }
        return members
    }

    public var secrets: [String] { [token, listener].compactMap(\.self) + signing }
}
