public import Desk
public import Foundation
public import Moments
public import Postgres

/// What became of a message that came in.
public enum MailKind: String, CaseIterable, Sendable, PostgresValue {
    case request
    case followUp = "follow_up"
    case bounce
    case feedback
    case autoReply = "auto_reply"
    case claim
    case duplicate
    case unreadable
    /// Somebody has to look at it first: too much came from its sender.
    case parked

    /// Whether a ticket was opened for it or went on with it.
    public var opensOrFollows: Bool { [.request, .followUp, .claim].contains(self) }
}

/// A message as it came in for one recipient.
public struct ReceivedMail: Sendable {
    public let recipient: String
    /// The envelope's sender; empty for bounces.
    public let sender: String
    public let messageID: String
    /// The SHA-256 of its content: a mail system sends again what it heard no answer to.
    public let fingerprint: [UInt8]
    public let original: KeptBytes
    /// Its subject and the address of its author, for the list of all mail; nil where nothing is known of them.
    public var subject: String?
    public var author: String?
    /// What it reports on mail of ours: a list of objects with recipient, status, code, reason, hard and action.
    public var bounces: JSONText?
    /// Where it stands already, and as what: it is sorted anew.
    public var kept: (mail: UUID, kind: MailKind)?

    public init(recipient: String, sender: String, messageID: String, fingerprint: [UInt8], original: KeptBytes) {
        (self.recipient, self.sender, self.messageID) = (recipient.lowercased(), sender, messageID)
        (self.fingerprint, self.original) = (fingerprint, original)
    }
}

/// A letter of ours to one person.
public struct SentLetter: Sendable, Hashable {
    let id: Int64
    public let ticket: TicketID
    let person: PersonID
}

extension DeskStore {
    /// What became of the same message when it was here before, or nil if it is new, and the organisation in force.
    ///
    /// - Parameter key: what is counted as `allows` does if the message is new; nil for nothing.
    /// - Returns: how many there were of that in the hour; nil where nothing was counted.
    public func earlier(
        _ mail: ReceivedMail, counting key: String? = nil
    ) async throws -> (outcome: (ticket: TicketNumber?, kind: MailKind)?, directory: Directory, count: Int?) {
        var batch = Batch()
        let isNew: SQL = "where not exists (select from seen)"
        let counted: SQL =
            key.map { .oneMore(of: $0, at: now, one: .oneInHaste, where: isNew) } ?? "select null::int as count"
        let seen = batch.first(
            """
            with seen as materialized (
                select number, kind from mail_seen(\(mail.messageID), \(mail.recipient), \(mail.fingerprint))),
            counted as (\(counted))
            select version, (select count from counted), s.number, s.kind
            from (\(.newestOrganisation)) o left join seen s on true limit 1
            """, as: (Int64, Int32?, TicketNumber?, MailKind?).self)
        guard let (version, count, number, kind) = try await ask(batch)[seen] else { throw NoOrganisation() }
        let outcome = kind.map { (ticket: number, kind: $0) }
        return (outcome, try await directory(version: version), count.map(Int.init))
    }
}

extension Transaction {
    /// Keeps a message with what became of it; the original can be had again byte by byte.
    ///
    /// - Parameter letter: the letter of ours to one person that it is a report of.
    /// - Throws: `NotParked` where it is sorted anew and somebody else has done so meanwhile.
    public borrowing func keep(
        _ mail: ReceivedMail, as kind: MailKind, ticket: TicketID?, entry: EntryID?, about letter: SentLetter? = nil,
        because reason: String, now: Moment
    ) async throws {
        if let kept = mail.kept {
            let changed = try await run(
                """
                update inbound_mail set kind = \(kind), ticket = \(ticket), entry = \(entry), letter = \(letter?.id),
                    person = \(letter?.person), reason = \(reason), bounces = \(mail.bounces),
                    subject = \(mail.subject), author = \(mail.author)
                where uuid = \(kept.mail) and kind = \(kept.kind)
                """)
            guard changed == 1 else { throw NotParked() }
            return
        }
        let original = try await Blob.store(mail.original, on: self)
        later(
            """
            insert into inbound_mail (uuid, received_at, recipient, sender, message_id, fingerprint, original, kind,
                ticket, entry, letter, person, reason, bounces, subject, author)
            values (\(UUID.ordered(at: now)), \(now), \(mail.recipient), \(mail.sender), \(mail.messageID),
                \(mail.fingerprint), \(original), \(kind), \(ticket), \(entry), \(letter?.id), \(letter?.person),
                \(reason), \(mail.bounces), \(mail.subject), \(mail.author))
            """)
    }

    /// A letter to one person, by the identity that its mail carries; nil where these eyes do not see its ticket.
    public borrowing func sentLetter(_ identity: UUID, to person: PersonID) async throws -> SentLetter? {
        try await first(
            """
            select l.id, l.ticket, p.id from letter l, person p where l.uuid = \(identity) and p.id = \(person)
            """, as: (Int64, TicketID, PersonID).self
        ).map { SentLetter(id: $0.0, ticket: $0.1, person: $0.2) }
    }

    /// Whose a conversation is, by the identity in a reply address or in one of our Message-IDs.
    public borrowing func conversation(_ identity: UUID) async throws -> (ticket: TicketNumber, requester: PersonID)? {
        try await first(
            "select number, requester from conversation(\(identity)) limit 1", as: (TicketNumber, PersonID).self
        ).map { (ticket: $0.0, requester: $0.1) }
    }

    /// The identity of a ticket's conversation, as reply addresses and links carry it; nil where these eyes see no
    /// ticket.
    public borrowing func conversation(of ticket: TicketID) async throws -> UUID? {
        try await first("select uuid from ticket where id = \(ticket)", as: UUID.self)
    }
}
