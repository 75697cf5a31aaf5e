public import JSON

/// Something that a rule found in a ticket, or decided about it: what it is about, and the word of the table for it.
public struct RoutingFinding: Hashable, Sendable {
    public let about: Topic
    /// A code, a number or a phrase as the organisation document has it.
    public let value: String

    /// The raw value stands in the log of events and in the API.
    public enum Topic: String, CaseIterable, Codable, Hashable, Sendable {
        case kind
        case category
        case impact
        case urgency
        case priority
        case site
        case tier
        case skill
        case team
        case position
        case supplier
        case tag
        case state
        case channel
        /// The address that was written to.
        case recipient
        /// A phrase of the subject or the body.
        case text
        case subject
        case body
        case requesterClass = "requester_class"
        case requesterLanguage = "requester_language"
        case requesterSite = "requester_site"
        case requesterOrganisation = "requester_organisation"
        /// A calendar that is open.
        case open
        /// A calendar that is closed.
        case closed
        /// Hours of the week.
        case hours
    }

    public init(_ about: Topic, _ value: String) {
        (self.about, self.value) = (about, value)
    }
}

extension RoutingFinding: JSONValue {
    public var json: JSON { .object(["about": about.rawValue, "value": value]) }

    static var form: JSONForm<RoutingFinding> {
        .object { reader in
            let about: Topic? = reader.required("about", .word())
            let value = reader.required("value", .text(length: 0...1000))
            guard let about, let value else { return nil }
            return RoutingFinding(about, value)
        }
    }
}

extension RoutingFinding {
    /// As something found, in English: for the command line.
    public var found: String {
        switch about {
        case .text: "text contains \"\(value)\""
        case .subject: "subject contains \"\(value)\""
        case .body: "body contains \"\(value)\""
        case .recipient: "written to \(value)"
        case .requesterClass: "requester's class is \(value)"
        case .requesterLanguage: "requester's language is \(value)"
        case .requesterSite: "requester's site is \(value)"
        case .requesterOrganisation: "requester belongs to \(value)"
        case .open: "\(value) is open"
        case .closed: "\(value) is closed"
        case .hours: "it is \(value)"
        case .kind, .category, .impact, .urgency, .priority, .site, .tier, .skill, .team, .position, .supplier, .tag,
            .state, .channel:
            "\(about.rawValue) is \(value)"
        }
    }

    /// As something decided, in English.
    public var decided: String { "\(about.rawValue) \(value)" }
}
