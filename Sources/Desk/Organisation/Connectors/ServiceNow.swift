public import JSON

extension Supplier {
    /// The supplier's system is ServiceNow: we write incidents there through its Table API and ask it what has changed.
    public struct ServiceNow: ConnectorTerms {
        /// How we sign in there.
        public enum SignIn: String, CaseIterable, Hashable, Sendable {
            case basic
            /// OAuth 2.0 (RFC 6749 section 4.4): the application acts as the account that it is bound to.
            case clientCredentials = "client_credentials"
            /// OAuth 2.0 (RFC 6749 section 4.3).
            case password
        }

        /// A field of a ticket to which each writing appends an entry.
        public enum Journal: String, CaseIterable, Hashable, Sendable {
            /// What their caller reads.
            case comments
            /// What their people alone read.
            case workNotes = "work_notes"
        }

        /// Where the instance is, without a path.
        public var url: String
        public var table: String
        public var signIn: SignIn
        /// The account that we act as there: what it writes is our own.
        public var user: String
        /// The id of the application with which an OAuth token is asked for.
        public var client: String?
        /// The name of the secret with which the account signs in.
        public var password: String?
        /// The name of the secret of the application.
        public var clientSecret: String?
        public var listener: String?
        /// What stands as our name in each ticket, by which ours are told from all others there.
        public var system: String
        /// What each new ticket gets beside, by the names of the fields.
        public var record: [String: String]
        /// Where our words go.
        public var writes: Journal
        /// Whose entries are for us.
        public var reads: Set<Journal>
        /// With which code a ticket is closed whose closure asks for one.
        public var closeCode: String
        /// How far back each poll looks, in seconds, for what was written while the one before was under way.
        public var overlap: Int

        public init(
            url: String, table: String = "incident", signIn: SignIn = .basic, user: String, client: String? = nil,
            password: String? = nil, clientSecret: String? = nil, listener: String? = nil, system: String = "Meridian",
            record: [String: String] = [:], writes: Journal = .workNotes, reads: Set<Journal>? = nil,
            closeCode: String = "Solution provided", overlap: Int = 180
        ) {
            (self.url, self.table, self.signIn, self.user) = (url, table, signIn, user)
            (self.client, self.password, self.clientSecret) = (client, password, clientSecret)
            self.listener = listener
            (self.system, self.record, self.writes) = (system, record, writes)
            self.reads = reads ?? Self.answers(to: writes)
            (self.closeCode, self.overlap) = (closeCode, overlap)
        }

        /// Where answers to what we write are looked for: their people's own notes are for us only where ours are too.
        private static func answers(to journal: Journal) -> Set<Journal> { [.comments, journal] }
    }
}

extension Supplier.ServiceNow {
    public static var word: String { "servicenow" }

    public init?(_ reader: inout JSONReader) {
        let url = reader.required("url", .webAddress)
        let table = reader.optional("table", .column)
        let signIn = reader.optional("sign_in", JSONForm<SignIn>.word()) ?? .basic
        let user = reader.required("user", .line(length: 1...100))
        let client = reader.optional("client", .line(length: 1...200))
        let secrets = reader.required("secrets", Self.secretNames)
        let system = reader.optional("system", .condition)
        let record = reader.optional("record", .members(names: .column, values: .line(length: 1...1000), count: 0...50))
        let writes = reader.optional("writes", JSONForm<Journal>.word())
        let reads = reader.optional("reads", JSONForm<[Journal]>.list(of: .word(), count: 1...2))
        let closeCode = reader.optional("close_code", .line(length: 1...100))
        let overlap = reader.optional("overlap", .integer(0...3_600))
        if let secrets, signIn != .clientCredentials, secrets.password == nil {
            reader.fault("secrets", "must name the account's password, as {\"password\": {\"secret\": \"name\"}}")
        }
        if signIn != .basic, client == nil { reader.fault("client", "is required where a token is asked for") }
        if let secrets, signIn != .basic, secrets.client == nil {
            reader.fault("secrets", "must name the client's secret, as {\"client\": {\"secret\": \"name\"}}")
        }
        guard let url, let user else { return nil }
        self.init(
            url: url, table: table ?? "incident", signIn: signIn, user: user, client: client,
            password: secrets?.password, clientSecret: secrets?.client, listener: secrets?.listener,
            system: system ?? "Meridian", record: Dictionary((record ?? []).map { ($0.name, $0.value) }) { $1 },
            writes: writes ?? .workNotes, reads: reads.map { Set($0) },
            closeCode: closeCode ?? "Solution provided", overlap: overlap ?? 180)
    }

    private static var secretNames: JSONForm<(password: String?, client: String?, listener: String?)> {
        .object { reader in
            let (password, client) = (reader.optional("password", .secretName), reader.optional("client", .secretName))
            return (password, client, reader.optional("listener", .secretName))
        }
    }

    public var members: JSONObject {
        var members = JSONObject([
            ("url", url.json), ("table", table.json), ("sign_in", signIn.rawValue.json), ("user", user.json),
        ])
        members["client"] = client?.json
        var names = JSONObject()
        names["password"] = password.map { JSON.object(["secret": $0]) }
        names["client"] = clientSecret.map { JSON.object(["secret": $0]) }
        names["listener"] = listener.map { JSON.object(["secret": $0]) }
        members["secrets"] = .object(names)
        members["system"] = system.json
        if !record.isEmpty {
            members["record"] = .object(
                JSONObject(record.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
        members["writes"] = writes.rawValue.json
        members["reads"] = reads.map(\.rawValue).sorted().json
        members["close_code"] = closeCode.json
        members["overlap"] = overlap.json
        return members
    }

    public var secrets: [String] { [password, clientSecret, listener].compactMap(\.self) }
}

extension Supplier.ServiceNow {
    /// The states of an incident as instances are delivered. While it is on hold the reason stands behind a slash.
    public static var mapping: Supplier.Mapping {
        Supplier.Mapping(
            states: [
                "1": .acknowledged, "2": .inProgress, "3": .inProgress, "3/1": .waitingForUs, "3/3": .inProgress,
                "3/4": .inProgress, "3/5": .inProgress, "6": .resolved, "7": .resolved, "8": .rejected,
            ],
            told: [.answer: "2", .reopening: "2", .closure: "7", .withdrawal: "8"])
    }
}

extension JSONForm<String> {
    /// The name of one of their tables or fields.
    fileprivate static var column: JSONForm {
        JSONForm.line(length: 1...80).checked(
            "must be small letters, digits or '_', such as assignment_group", pattern: "^[a-z0-9_]+$"
        ) { text in text.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_".utf8.contains($0) } ? text : nil }
    }

    /// A text that can be searched for: `^` would end the condition.
    fileprivate static var condition: JSONForm {
        JSONForm.line(length: 1...100).checked("must have no '^'", pattern: "^[^^]*$") { text in
            text.contains("^") ? nil : text
        }
    }
}
