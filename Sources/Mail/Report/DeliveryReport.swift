public import Moments

/// What a mail server reports on the fate of a message (RFC 3464).
public struct DeliveryReport: Sendable {
    /// What became of the message.
    public enum Action: String, CaseIterable, Sendable {
        case failed
        /// It is still being tried; nothing needs to be done.
        case delayed
        case delivered
        case relayed
        case expanded
    }

    /// The fate of the message for one recipient.
    public struct Recipient: Hashable, Sendable {
        /// The address that was tried in the end.
        public var address: String?
        /// The address to which it was sent.
        public var originalAddress: String?
        public var action: Action?
        /// The enhanced status code, such as `5.1.1` (RFC 3463).
        public var status: String?
        /// The server that gave the reason.
        public var remoteServer: String?
        /// The reason in the words of that server.
        public var diagnostic: String?
        public var willRetryUntil: Moment?

        /// Whether the address cannot be reached at all, rather than not now.
        public var isPermanent: Bool { action == .failed && status?.hasPrefix("4.") != true }
    }

    public let reportingServer: String?
    /// The identifier that the sender gave to the envelope.
    public let originalEnvelopeID: String?
    public let arrivalDate: Moment?
    public let recipients: [Recipient]
    /// The message that it is about, or its header. Nil if it was not returned.
    public let original: Message?

    /// The identifier of the message that it is about, without angle brackets.
    public var originalMessageID: String? { original?.messageID }

    /// Reads the report in a message; nil if there is none.
    public init?(_ message: Message) {
        var statuses: [Part] = []
        var originals: [Part] = []
        Self.collect(message.root, statuses: &statuses, originals: &originals)
        guard !statuses.isEmpty else { return nil }

        var reading = DeliveryStatus()
        for part in statuses { reading.read(part.content[...]) }
        reportingServer = reading.message["reporting-mta"]
        originalEnvelopeID = reading.message["original-envelope-id"]
        arrivalDate = reading.message["arrival-date"].flatMap { MailDate.moment(Array($0.utf8)[...]) }
        recipients = reading.recipients
        original = originals.first.map { MessageParser().parse($0.content) }
    }

    private static func collect(_ part: Part, statuses: inout [Part], originals: inout [Part]) {
        switch part.contentType.name {
        case "message/delivery-status", "message/global-delivery-status": statuses.append(part)
        case "message/rfc822", "message/global", "text/rfc822-headers", "text/rfc822-header", "message/global-headers":
            originals.append(part)
        default:
            for child in part.parts { collect(child, statuses: &statuses, originals: &originals) }
        }
    }
}
