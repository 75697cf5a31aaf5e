public import Desk
import Foundation
import Moments
public import Postgres

extension DeskStore {
    /// Turns a request for help into a ticket: ticket, first entry, event, leg, clocks, access and the jobs that route
    /// it and acknowledge it.
    ///
    /// - Parameter actor: who brought it in; nil if it is the requester himself.
    public func accept(_ submission: Submission, by actor: Ticket.Actor? = nil, cause: String? = nil) async throws
        -> TicketRecord
    {
        try await transaction { (transaction: borrowing Transaction) in
            try await accept(submission, by: actor, cause: cause, using: transaction)
        }
    }

    /// The same in a transaction that is under way, together with the receipt of a mail or an idempotency key.
    ///
    /// - Parameter keeper: who answers for it from the first moment on; nil where the routing table is to decide.
    public func accept(
        _ submission: Submission, keptBy keeper: Responsibility? = nil, by actor: Ticket.Actor? = nil,
        cause: String? = nil, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        try await open(
            submission, keptBy: keeper, by: actor, cause: cause, using: transaction
        ).record
    }

    /// The same for a door that goes on with the ticket. All that is written travels with what the transaction sends
    /// next.
    ///
    /// - Parameter tellsTrouble: whether it is asked too what its requester may be told of disturbances.
    public func open(
        _ submission: Submission, keptBy keeper: Responsibility? = nil, by actor: Ticket.Actor? = nil,
        cause: String? = nil, tellsTrouble: Bool = false, using transaction: borrowing Transaction
    ) async throws -> OpenedTicket {
        let now = now
        let (directory, arrival, disturbances) = try await arrival(
            of: submission, at: now, tellsTrouble: tellsTrouble, using: transaction)
        let requester = arrival.requester
        let origin = submission.site ?? requester.homeSite ?? directory.defaultSite
        let actor = actor ?? .person(requester.id)
        let opening = Ticket.Opening(
            number: arrival.number, origin: origin, classification: directory.classification(of: submission),
            channel: submission.channel, language: submission.requester.language ?? requester.language,
            requester: requester.id, intake: try keeper ?? directory.intake(of: origin), entry: arrival.entry)
        var (ticket, effects) = Ticket.open(opening, id: arrival.ticket, at: now, by: actor)
        if keeper != nil { effects.removeAll { $0 == .route } }
        if !submission.isAcknowledged { effects.removeAll(where: \.isAcknowledgement) }
        transaction.insert(ticket, subject: submission.subject)
        try await transaction.add(
            submission.note, as: arrival.entry, to: ticket.id, by: .person(requester.id), at: now)
        transaction.append(
            [Happening.Step(event: .opened(opening), ticket: ticket, effects: effects)], by: actor, cause: cause)
        let performer = EffectPerformer(ticket: ticket, directory: directory, keys: keys)
        let clocks = try await performer.perform(effects, on: transaction)
        try transaction.leaveAutomation(
            of: [.opened(opening)], from: nil, to: ticket, by: actor, in: directory)
        performer.settleAccess(effects, on: transaction)
        return OpenedTicket(
            record: TicketRecord(ticket: ticket, subject: submission.subject), entry: arrival.entry,
            requester: requester, clocks: clocks, text: submission.text, disturbances: disturbances,
            directory: directory)
    }

    /// Who asks, by the organisation in force. The question travels with the one which that is, put by the last that
    /// was known; where another has followed, it is put again.
    private func arrival(
        of submission: Submission, at now: Moment, tellsTrouble: Bool, using transaction: borrowing Transaction
    ) async throws -> (Directory, Arrival, [OpenDisturbance]) {
        var directory: Directory
        if let known = directories.newest {
            directory = known
        } else {
            directory = try await self.directory(using: transaction)
        }
        while true {
            var batch = Batch()
            let newest = batch.organisationInForce()
            let arriving = batch.first(Query<Arrival>.of(submission, in: directory, now: now))
            let disturbances = tellsTrouble ? OpenDisturbance.asked(in: &batch) : .known([])
            let answers = try await transaction.ask(batch)
            guard let version = try answers[newest] else { throw NoOrganisation() }
            if version == directory.version {
                guard let arrival = try answers[arriving] else {
                    throw NoSuchPerson(address: submission.requester.address)
                }
                return (directory, arrival, try answers[disturbances])
            }
            directory = try await self.directory(version: version, using: transaction)
        }
    }
}

/// A ticket that was opened a moment ago, in a transaction that is under way.
public struct OpenedTicket: Sendable {
    public let record: TicketRecord
    /// What the requester has said.
    public let entry: EntryID
    fileprivate let requester: PersonRecord
    fileprivate let clocks: Clocks?
    fileprivate let text: String
    fileprivate let disturbances: [OpenDisturbance]
    fileprivate let directory: Directory

    /// The ticket as it can be read from the database.
    public var card: TicketCard { TicketCard(record, of: requester, clocks: clocks) }

    /// What its requester may be told of disturbances that are announced.
    public var trouble: KnownTrouble {
        KnownTrouble(around: record, saying: text, home: requester.homeSite, among: disturbances, in: directory)
    }
}

/// What the database knows and gives for a request before it is a ticket: who asks, and the keys of its rows.
private struct Arrival: PostgresRow {
    static let columns = "a.id, a.name, a.address, a.language, a.class, a.home_site"

    let requester: PersonRecord
    let number: TicketNumber
    let ticket: TicketID
    let entry: EntryID

    init(from row: inout RowReader) throws(UndecodableColumn) {
        requester = try PersonRecord(from: &row)
        (number, ticket, entry) = (try row.read(), try row.read(), try row.read())
        // Whose eyes see from here on.
        _ = try row.read(String.self)
    }
}

extension Query<Arrival> {
    /// The ticket has no scopes yet: its requester is the one who sees it while it is written. Where the organisation
    /// is not the one in force nothing is asked, given or written: there is no row.
    fileprivate static func of(_ submission: Submission, in directory: Directory, now: Moment) -> Self {
        let (contact, site) = (submission.requester, submission.site)
        let person: SQL = .knownPerson(
            at: "o.address", orKnownAs: contact.name.isEmpty ? contact.address : contact.name,
            language: contact.language ?? contact.likelyLanguage ?? directory.language(of: site),
            homeSite: site, now: now)
        return """
            select \(columns: Arrival.self),
                next_ticket_number(coalesce(\(site), a.home_site, \(directory.defaultSite))),
                nextval('ticket_id_seq'), nextval('entry_id_seq'),
                set_config('meridian.requester', a.id::text, true)
            from (
                select version, \(contact.address.lowercased()) as address
                from organisation order by version desc limit 1
            ) o cross join lateral \(person) a
            where o.version = \(directory.version)
            """
    }
}

extension Submission {
    fileprivate var note: Note {
        var note = Note(text, visibility: .public, channel: channel, subject: subject, uploads: uploads)
        (note.folds, note.html) = (folds, html)
        return note
    }
}

extension Effect {
    fileprivate var isAcknowledgement: Bool {
        if case .tell(_, .acknowledgement, _) = self { true } else { false }
    }
}

extension Transaction {
    /// Sees with the eyes of a requester from here to the end of the transaction.
    borrowing func see(as requester: PersonID) async throws {
        try await run("select set_config('meridian.requester', \(String(requester.rawValue)), true)")
    }
}
