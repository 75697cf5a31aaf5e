public import JSON

extension Supplier {
    /// CloudEvents with Standard Webhooks signatures, both ways.
    public struct Webhook: ConnectorTerms {
        /// Where our messages go.
        public var url: String
        /// The names of the secrets with which we sign what we send: each signs, so that one can take another's place.
        public var outgoing: [String]
        /// The names of the secrets with which the supplier may sign what it sends.
        public var incoming: [String]

        public init(url: String, outgoing: [String], incoming: [String]) {
            (self.url, self.outgoing, self.incoming) = (url, outgoing, incoming)
        }
    }
}

extension Supplier.Webhook {
    public static var word: String { "webhook" }

    public init?(_ reader: inout JSONReader) {
        let url = reader.required("url", .webAddress)
        let secrets = reader.required("secrets", Self.secretNames)
        guard let url, let secrets else { return nil }
        self.init(url: url, outgoing: secrets.outgoing, incoming: secrets.incoming)
    }

    public var members: JSONObject {
        JSONObject([
            ("url", url.json),
            ("secrets", .object(["outgoing": Self.json(of: outgoing), "incoming": Self.json(of: incoming)])),
        ])
    }

    public var secrets: [String] { outgoing + incoming }

    static var secretNames: JSONForm<(outgoing: [String], incoming: [String])> {
        .object { reader in
            let outgoing = reader.required("outgoing", names)
            let incoming = reader.required("incoming", names)
            guard let outgoing, let incoming else { return nil }
            return (outgoing, incoming)
        }
    }

    /// One secret, or several while one takes another's place.
    private static var names: JSONForm<[String]> {
        .choosing(among: [.object(JSONObject()), .array([])]) { json in
            json.array == nil ? JSONForm<String>.secretName.map { [$0] } : .list(of: .secretName, count: 1...4)
        }
    }

    private static func json(of names: [String]) -> JSON {
        let list = names.map { JSON.object(["secret": $0]) }
        return list.count == 1 ? list[0] : .array(list)
    }
}
