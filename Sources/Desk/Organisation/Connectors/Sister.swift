public import JSON

extension Supplier {
    /// The supplier is another desk of ours or of a partner, with this same product: either side may give the other
    /// tickets. It is spoken with as `webhook` says.
    public struct Sister: ConnectorTerms {
        /// Where the other desk is.
        public var url: String
        /// Our code in its organisation document.
        public var knownAs: String
        /// The names of the secrets, as with ``Webhook``.
        public var outgoing: [String]
        public var incoming: [String]

        public init(url: String, knownAs: String, outgoing: [String], incoming: [String]) {
            (self.url, self.knownAs, self.outgoing, self.incoming) = (url, knownAs, outgoing, incoming)
        }

        /// Its door, and what is needed to go in there and to know it when it comes to ours.
        public var webhook: Webhook {
            Webhook(url: "\(base)\(door)/events", outgoing: outgoing, incoming: incoming)
        }

        /// Where something is that is asked for there.
        ///
        /// - Parameter thing: what stands in its path behind our own code.
        /// - Returns: the whole of it, and what of that is signed.
        public func place(of thing: String) -> (url: String, path: String) {
            let path = "\(door)/\(thing)"
            return (base + path, path)
        }

        private var base: String { url.hasSuffix("/") ? String(url.dropLast()) : url }
        private var door: String { "/supplier/v1/\(knownAs)" }
    }
}

extension Supplier.Sister {
    public static var word: String { "sister" }

    /// What the other desk writes it has written to the requester; between us and it nothing else is said.
    public static var mapping: Supplier.Mapping {
        var mapping = Supplier.Mapping.troubleTicket
        mapping.notes = .public
        return mapping
    }

    public init?(_ reader: inout JSONReader) {
        let url = reader.required("url", .webAddress)
        let knownAs = reader.required("known_as", .code)
        let secrets = reader.required("secrets", Supplier.Webhook.secretNames)
        guard let url, let knownAs, let secrets else { return nil }
        self.init(url: url, knownAs: knownAs, outgoing: secrets.outgoing, incoming: secrets.incoming)
    }

    public var members: JSONObject {
        var members = webhook.members
        (members["url"], members["known_as"]) = (url.json, knownAs.json)
        return members
    }

    public var secrets: [String] { webhook.secrets }
}
