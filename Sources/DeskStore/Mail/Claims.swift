import Desk
public import Foundation
public import Moments
public import Postgres

/// The mail claims nothing that could still be decided: it is no claim, somebody has decided, or the ticket that it
/// claims to go on with is not there for these eyes.
public struct NoOpenClaim: Error, CustomStringConvertible {
    public init() {}
    public var description: String {
        "The mail is no claim that waits for a decision, or you may not see the ticket that it claims to go on with."
    }
}

/// What is decided about a mail that claims to go on with somebody else's ticket.
public enum ClaimDecision: Sendable, Equatable {
    /// Its words belong to that ticket. Its author follows the ticket from then on, if so chosen.
    case accepted(follows: Bool)
    /// It is a request of its own.
    case refused
}

/// How many claims somebody may decide about.
public struct WaitingClaims: Sendable, Equatable {
    /// No more than `most`: whoever has that many is not helped by the exact number.
    public let count: Int
    public let since: Moment

    public static let most = 100

    /// Those of which both tickets are seen. A claim is one until somebody decides, so their index is short.
    static var question: Query<OpenClaim> {
        """
        select at, claimed from (select \(columns: OpenClaim.self) from inbound_mail m where m.kind = 'claim') c
        where claimed is not null order by at desc limit \(most)
        """
    }

    static func asked(in batch: inout Batch) -> Pending<WaitingClaims?> {
        batch.all(question).map { claims in
            claims.last.map { WaitingClaims(count: claims.count, since: $0.receivedAt) }
        }
    }
}

/// A claim that waits, and when it came.
struct OpenClaim: PostgresRow {
    let receivedAt: Moment
    private let claimed: TicketNumber?

    static let columns = "m.received_at as at, \(InboundMail.claimedTicket) as claimed"

    init(from row: inout RowReader) throws(UndecodableColumn) {
        (receivedAt, claimed) = (try row.read(), try row.read())
    }
}

extension Query<InboundMail> {
    /// The mail of a ticket about which is to be decided, the first of several.
    static func openClaim(of ticket: SQL) -> Self {
        """
        select \(columns: InboundMail.self) from inbound_mail m where m.ticket = \(ticket) and m.kind = 'claim'
        order by m.id limit 1
        """
    }
}

extension DeskStore {
    /// Decides about a mail that claims to go on with somebody else's ticket.
    ///
    /// Accepted, its words become notes of that ticket which the desk alone reads, as the mail of a follower does, and
    /// its own ticket ends as merged with it. Refused, its own ticket goes on alone.
    /// - Returns: the ticket of the mail.
    /// - Throws: `NoOpenClaim`, `NoSuchTicket`, `Refusal` where the tickets cannot be merged, and `DatabaseError`.
    @discardableResult
    public func decide(
        claim mail: UUID, _ decision: ClaimDecision, _ recording: Recording, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        let found: Query<InboundMail> = """
            select \(columns: InboundMail.self) from inbound_mail m where m.uuid = \(mail) and m.kind = 'claim'
            """
        guard let claim = try await transaction.first(found), let own = claim.ticket, let other = claim.claims else {
            throw NoOpenClaim()
        }
        let pair = try await transaction.hold(own, other, for: .merged)
        switch decision {
        case .accepted(let follows):
            let entry = try await takeOver(pair, recording, using: transaction)
            let merged = try await merge(own, into: other, recording, following: follows, using: transaction)
            try await transaction.settle(
                claim: mail, as: .followUp, of: pair.other.ticket.id, entry,
                because: MailReason.claimAccepted.sentence())
            return merged
        case .refused:
            let source = pair.one.ticket
            try await transaction.settle(
                claim: mail, as: .request, of: source.id, nil, because: MailReason.claimRefused.sentence())
            guard source.state != .closed else { return pair.one }
            return try await unlink(own, from: other, .related, recording, using: transaction)
        }
    }

    /// Makes what the author of a claim wrote into notes of the ticket that he claims to go on with.
    ///
    /// - Returns: the first of them.
    private func takeOver(
        _ pair: TiePair, _ recording: Recording, using transaction: borrowing Transaction
    ) async throws -> EntryID? {
        let (source, target) = (pair.one.ticket, pair.other.ticket)
        try pair.requireSharedSecrecy(for: .merged)
        try pair.requireOpenOther(for: .merged)
        let words = try await transaction.entries(of: source.id, including: false).filter {
            $0.author == source.requester
        }
        let writing = Recording(by: .person(source.requester), cause: recording.cause)
        var first: EntryID?
        for entry in words {
            let copy = try await transaction.copy(entry, to: target.id, as: .internal)
            first = first ?? copy
            try await record(on: target.id, writing, using: transaction) { _ in .noteAdded(copy) }
        }
        return first
    }
}

extension Transaction {
    /// Writes down what was decided, of several who decide at once by one.
    ///
    /// - Parameter entry: where its words stand; nil for where they stood before.
    fileprivate borrowing func settle(
        claim mail: UUID, as kind: MailKind, of ticket: TicketID, _ entry: EntryID?, because reason: String
    ) async throws {
        let settled = try await run(
            """
            update inbound_mail set kind = \(kind), ticket = \(ticket), entry = coalesce(\(entry), entry),
                reason = \(reason)
            where uuid = \(mail) and kind = 'claim'
            """)
        guard settled == 1 else { throw NoOpenClaim() }
    }
}
