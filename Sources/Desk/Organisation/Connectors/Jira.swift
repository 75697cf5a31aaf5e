public import JSON

extension Supplier {
    /// The supplier works in Jira or Jira Service Management, whose client we are.
    public struct Jira: ConnectorTerms {
        /// Which Jira it is: they differ in addresses, in how texts are written, and in how we say who we are.
        public enum Edition: String, CaseIterable, Hashable, Sendable {
            /// We are a mail address with an API token.
            case cloud
            /// We are a personal access token.
            case dataCenter = "data_center"
        }

        /// Where requests of Jira Service Management go in place of plain issues.
        public struct ServiceDesk: Hashable, Sendable {
            public var id: String
            public var requestType: String

            public init(id: String, requestType: String) { (self.id, self.requestType) = (id, requestType) }
        }

        /// Where the site begins.
        public var url: String
        public var edition: Edition
        /// Whose the token is; there is one wherever the edition is the cloud.
        public var email: String?
        /// The name of the secret with which we show who we are.
        public var token: String
        public var listener: String?
        /// The key of the project that takes our tickets.
        public var project: String
        /// The name of the type of their issues; nil where a request type says it.
        public var issueType: String?
        public var serviceDesk: ServiceDesk?
        /// The label that all issues of ours have. That of one exchange is this one, a hyphen and its identity.
        public var label: String
        /// Whether what we write there may be read by customers of the supplier's service desk.
        public var comments: Visibility

        public init(
            url: String, edition: Edition = .cloud, email: String? = nil, token: String, listener: String? = nil,
            project: String, issueType: String? = nil, serviceDesk: ServiceDesk? = nil, label: String = "meridian",
            comments: Visibility? = nil
        ) {
            (self.url, self.edition, self.email) = (url, edition, email)
            (self.token, self.listener) = (token, listener)
            (self.project, self.issueType, self.serviceDesk, self.label) = (project, issueType, serviceDesk, label)
            // Who asks as a customer can write nothing that customers do not read.
            self.comments = comments ?? (serviceDesk == nil ? .internal : .public)
        }
    }
}

extension Supplier.Jira {
    public static var word: String { "jira" }

    public init?(_ reader: inout JSONReader) {
        let url = reader.required("url", .webAddress)
        let edition: Edition? = reader.optional("edition", .word())
        let email = reader.optional("email", .address)
        let secrets = reader.required("secrets", Self.secretNames)
        let project = reader.required("project", .jiraProject)
        let issueType = reader.optional("issue_type", .line(length: 1...100))
        let serviceDesk = reader.optional("service_desk", ServiceDesk.form)
        let label = reader.optional("label", .code)
        let comments: Visibility? = reader.optional("comments", .word())
        if edition ?? .cloud == .cloud, !reader.has("email") {
            reader.fault("email", "is required in the cloud: the address of the account that the token belongs to")
        }
        if !reader.has("issue_type"), !reader.has("service_desk") {
            reader.fault("issue_type", "is required, such as \"Incident\", where there is no service_desk")
        }
        guard let url, let secrets, let project else { return nil }
        self.init(
            url: url, edition: edition ?? .cloud, email: email, token: secrets.token, listener: secrets.listener,
            project: project, issueType: issueType, serviceDesk: serviceDesk, label: label ?? "meridian",
            comments: comments)
    }

    private static var secretNames: JSONForm<(token: String, listener: String?)> {
        .object { reader in
            let (token, listener) = (
                reader.required("token", .secretName), reader.optional("listener", .secretName)
            )
            return token.map { ($0, listener) }
        }
    }

    public var members: JSONObject {
        var members = JSONObject([("url", url.json), ("edition", edition.rawValue.json)])
        members["email"] = email?.json
        var names = JSONObject([("token", JSON.object(["secret": token.json]))])
        names["listener"] = listener.map { JSON.object(["secret": $0]) }
        members["secrets"] = .object(names)
        members["project"] = project.json
        members["issue_type"] = issueType?.json
        members["service_desk"] = serviceDesk?.json
        members["label"] = label.json
        members["comments"] = comments.rawValue.json
        return members
    }

    public var secrets: [String] { [token, listener].compactMap(\.self) }

    /// Under which word a category is mapped: many a status has the name of one.
    public static func category(_ key: String) -> String { "category:\(key)" }

    /// Jira's categories, and the common names of what they do not tell: who waits for whom, and whether something came
    /// of it.
    public static var mapping: Supplier.Mapping {
        var states: [String: SupplierState] = [
            category("new"): .acknowledged, category("indeterminate"): .inProgress, category("done"): .resolved,
        ]
        for name in ["Waiting for customer", "Awaiting customer", "Pending customer", "Need more information"] {
            states[name] = .waitingForUs
        }
        for name in ["Canceled", "Cancelled", "Declined", "Rejected", "Won't Do", "Won't Fix", "Cannot Reproduce"] {
            states[name] = .rejected
        }
        return Supplier.Mapping(
            states: states,
            told: [
                .answer: "In Progress", .reopening: "Reopened", .closure: "Closed", .withdrawal: "Canceled",
            ],
            priorities: [
                .critical: "Highest", .high: "High", .medium: "Medium", .low: "Low", .planned: "Lowest",
            ])
    }
}

extension Supplier.Jira.ServiceDesk {
    fileprivate static var form: JSONForm<Self> {
        .object { reader in
            let id = reader.required("id", .line(length: 1...100))
            let requestType = reader.required("request_type", .line(length: 1...100))
            guard let id, let requestType else { return nil }
            return Self(id: id, requestType: requestType)
        }
    }

    fileprivate var json: JSON { JSON.object(["id": id.json, "request_type": requestType.json]) }
}

extension JSONForm<String> {
    fileprivate static var jiraProject: JSONForm {
        JSONForm.line(length: 1...50).checked(
            "must be the key of a project, such as SUP", pattern: "^[A-Z][A-Z0-9_]*$"
        ) { text in
            let isKey = text.utf8.allSatisfy { character in
                switch character {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            return isKey && text.first?.isLetter == true ? text : nil
        }
    }
}
