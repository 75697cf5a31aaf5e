public import Desk
public import Foundation
public import Moments
public import Postgres

/// A message that came in, with what became of it.
public struct InboundMail: PostgresRow, Sendable {
    public let uuid: UUID
    public let receivedAt: Moment
    public let recipient: String
    /// The envelope's sender; empty for bounces.
    public let sender: String
    public let messageID: String
    public let kind: MailKind
    /// The ticket in which it stands; nil as well where these eyes do not see it.
    public let ticket: TicketNumber?
    public let entry: UUID?
    /// The ticket that it claims to go on with and that is somebody else's, as long as nobody has decided; nil as well
    /// where these eyes do not see it.
    public let claims: TicketNumber?
    public let reason: String
    /// What it reports on mail of ours.
    public let bounces: JSONText?
    /// The SHA-256 of the message as it came in.
    public let original: [UInt8]
    /// What it is about; nil where that was not kept and no ticket says it.
    public let subject: String?
    /// The address of who wrote it, as far as can be made out.
    public let author: String?
    /// Behind which the next page begins.
    public let place: MailPlace

    /// The number of the ticket that a claim says it goes on with, as a subquery of a mail `m`.
    static let claimedTicket = """
        (select o.number from event v join ticket o on o.id = (v.data::jsonb ->> 'ticket')::bigint
            where m.kind = 'claim' and v.ticket = m.ticket and v.kind = 'linked'
                and v.cause = 'claims to go on with it' order by v.revision limit 1)
        """

    public static let columns = """
        m.uuid, m.received_at, m.recipient, m.sender, m.message_id, m.kind,
        (select t.number from ticket t where t.id = m.ticket), (select e.uuid from entry e where e.id = m.entry),
        \(claimedTicket),
        m.reason, m.bounces, m.original,
        coalesce(m.subject, (select t.subject from ticket t where t.id = m.ticket)), m.author, m.id
        """

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        (uuid, receivedAt) = (try row.read(), try row.read())
        (recipient, sender, messageID) = (try row.read(), try row.read(), try row.read())
        (kind, ticket, entry) = (try row.read(), try row.read(), try row.read())
        claims = try row.read()
        (reason, bounces, original) = (try row.read(), try row.read(), try row.read())
        (subject, author) = (try row.read(), try row.read())
        place = MailPlace(at: receivedAt, id: try row.read())
    }

    /// Why it became what it is, for whoever does not read the sentence.
    public var why: MailReason? { MailReason(sentence: reason) }

    /// Whether it can be sorted anew: nothing has come of it but that it was kept.
    public var canBeReplayed: Bool { !kind.opensOrFollows && kind != .duplicate }
}

/// The place of a mail in the list of all, the youngest first.
public struct MailPlace: Sendable, Hashable {
    let at: Moment
    let id: Int64

    init(at: Moment, id: Int64) { (self.at, self.id) = (at, id) }

    /// As a cursor carries it.
    public var text: String { "\(at.microseconds) \(id)" }

    public init?(text: String) {
        let parts = text.split(separator: " ").map { Int64($0) }
        guard parts.count == 2, let at = parts[0], let id = parts[1] else { return nil }
        self.init(at: Moment(microseconds: at), id: id)
    }
}

/// Which of the mail that came in is asked for.
public struct MailFilter: Sendable {
    public var messageID: String?
    public var kind: MailKind?
    public var receivedAfter: Moment?
    public var behind: MailPlace?

    public init() {}

    /// Holds for the mails `m` that are meant.
    var condition: SQL {
        var condition: SQL = "true"
        if let messageID { condition = "\(condition) and m.message_id = \(messageID)" }
        if let kind { condition = "\(condition) and m.kind = \(kind)" }
        if let receivedAfter { condition = "\(condition) and m.received_at > \(receivedAfter)" }
        if let behind { condition = "\(condition) and (m.received_at, m.id) < (\(behind.at), \(behind.id))" }
        return condition
    }
}

extension Query<InboundMail> {
    static func inbound(_ id: UUID) -> Self {
        "select \(columns: InboundMail.self) from inbound_mail m where m.uuid = \(id)"
    }
}

extension DeskStore {
    /// The mail that came in, the youngest first.
    public func inboundMail(_ filter: MailFilter, limit: Int, seeing sight: Sight) async throws -> [InboundMail] {
        try await all(.inbound(filter, limit: limit, seeing: sight), seeing: sight)
    }

    /// One of them; nil if there is none, or these eyes do not see it.
    public func inboundMail(_ id: UUID, seeing sight: Sight) async throws -> InboundMail? {
        try await all(.inbound(id), seeing: sight).first
    }

    /// A message as it came in, as a file; the mail must be visible.
    public func original(of mail: InboundMail, seeing sight: Sight) async throws -> AttachmentView? {
        let size = try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.first("select size from blob where sha256 = \(mail.original)", as: Int64.self)
        }
        return size.map { size in
            AttachmentView(
                id: mail.uuid, entry: nil, name: "\(mail.uuid.uuidString.lowercased()).eml", type: "message/rfc822",
                size: size, sha256: mail.original, contentID: nil)
        }
    }
}

extension Transaction {
    /// One mail that came in; nil if there is none, or these eyes do not see it.
    public borrowing func inboundMail(_ id: UUID) async throws -> InboundMail? {
        try await first(.inbound(id))
    }

    /// Notes that nobody is at the address to which a letter went.
    public borrowing func markUndeliverable(_ letter: SentLetter, now: Moment) async throws {
        try await run(
            """
            update person_address a set undeliverable_since = \(now) from delivery d
            where d.letter = \(letter.id) and d.person = \(letter.person) and a.person = d.person
                and a.address = d.address and a.undeliverable_since is null
            """)
    }

    /// Notes that somebody writes from an address: it is somebody's.
    public borrowing func markDeliverable(_ address: String) {
        later(
            """
            update person_address set undeliverable_since = null
            where address = \(address) and undeliverable_since is not null
            """)
    }
}
