public import JSON
public import Moments

/// What has happened to a ticket, as TMF621 tells those who have asked to hear of it.
public struct TroubleTicketEvent: Hashable, Sendable {
    /// The four that MEF 124 demands, and the two that TMF621 has beside them.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case created = "troubleTicketCreateEvent"
        case changed = "troubleTicketAttributeValueChangeEvent"
        case statusChanged = "troubleTicketStatusChangeEvent"
        case deleted = "troubleTicketDeleteEvent"
        case resolved = "troubleTicketResolvedEvent"
        case informationRequired = "troubleTicketInformationRequiredEvent"

        /// The name in the member `eventType`.
        public var eventType: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

        /// The kind with a name, however its first letter is written.
        public init?(named name: String) {
            guard let kind = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
                return nil
            }
            self = kind
        }

        /// Where it is sent, behind the address that the listener gave.
        public var listenerPath: String { "/listener/\(rawValue)" }
    }

    /// The event's identity, the same over all attempts to deliver it.
    public let id: String
    public let kind: Kind
    public let time: Moment?
    /// As much of the ticket as is told.
    public let ticket: TroubleTicket

    public init(id: String, _ kind: Kind, at time: Moment?, ticket: TroubleTicket) {
        (self.id, self.kind, self.time, self.ticket) = (id, kind, time, ticket)
    }

    /// - Parameter system: who tells, as a URL.
    public func json(_ version: TroubleTicketVersion, from system: String) -> JSON {
        var members = JSONObject([("eventId", id.json), ("eventType", kind.eventType.json)])
        members["eventTime"] = time?.json
        // Version 4 spells it with one r.
        members[version == .v4 ? "timeOcurred" : "timeOccurred"] = time?.json
        members["domain"] = "troubleTicket"
        members["correlationId"] = ticket.id?.json
        if version == .v5 {
            members["source"] = .object(["id": system, "@referredType": "System", "@type": "EntityRef"])
            members["reportingSystem"] = .object(["id": system, "@referredType": "System", "@type": "EntityRef"])
        }
        members["event"] = .object(["troubleTicket": ticket.json(version)])
        members["@type"] = kind.eventType.json
        return .object(members)
    }

    /// Reads an event as somebody else's system wrote it.
    ///
    /// - Throws: ``UnreadableEvent`` where it names no kind or no ticket.
    public init(reading json: JSON) throws(UnreadableEvent) {
        guard let name = json["eventType"]?.string ?? json["@type"]?.string, let kind = Kind(named: name) else {
            throw UnreadableEvent("it has no eventType of TMF621")
        }
        // MEF 124 sends the id alone, without the object around it.
        let content = json["event"] ?? .null
        let ticket = TroubleTicket(reading: content["troubleTicket"] ?? content)
        guard let ticketID = ticket.id else { throw UnreadableEvent("it does not say which ticket it is about") }
        let time = (json["eventTime"] ?? json["timeOccurred"] ?? json["timeOcurred"])?.string
        self.init(
            id: json["eventId"]?.string ?? "\(kind.rawValue) \(ticketID) \(time ?? "")", kind,
            at: time.flatMap(Moment.init(lenient:)), ticket: ticket)
    }
}
