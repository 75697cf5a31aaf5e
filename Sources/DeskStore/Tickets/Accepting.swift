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
        let now = now
        let directory = try await directory(using: transaction)
        let language = submission.requester.language ?? directory.language(of: submission.site)
        let requester = try await transaction.person(
            at: submission.requester.address, orKnownAs: submission.requester.name, language: language,
            homeSite: submission.site, now: now)
        // The ticket has no scopes yet: its requester is the one who sees it while it is written.
        try await transaction.see(as: requester.id)
        let origin = submission.site ?? requester.homeSite ?? directory.defaultSite
        guard let number = try await transaction.first("select next_ticket_number(\(origin))", as: TicketNumber.self)
        else {
            preconditionFailure("a sequence always has a next value")
        }
        let actor = actor ?? .person(requester.id)
        let id = TicketID(try await transaction.newKey(of: "ticket"))
        let entry = EntryID(try await transaction.newKey(of: "entry"))
        let opening = Ticket.Opening(
            number: number, origin: origin, classification: directory.classification(of: submission),
            channel: submission.channel, language: submission.requester.language ?? requester.language,
            requester: requester.id, intake: try keeper ?? directory.intake(of: origin), entry: entry)
        var (ticket, effects) = Ticket.open(opening, id: id, at: now, by: actor)
        if keeper != nil { effects.removeAll { $0 == .route } }
        if !submission.isAcknowledged { effects.removeAll(where: \.isAcknowledgement) }
        transaction.insert(ticket, subject: submission.subject)
        var note = Note(
            submission.text, visibility: .public, channel: submission.channel, subject: submission.subject,
            uploads: submission.uploads)
        (note.folds, note.html) = (submission.folds, submission.html)
        try await transaction.add(note, as: entry, to: id, by: .person(requester.id), at: now)
        transaction.append(
            [Happening.Step(event: .opened(opening), ticket: ticket, effects: effects)], by: actor, cause: cause)
        let performer = EffectPerformer(ticket: ticket, directory: directory, keys: keys)
        try await performer.perform(effects, on: transaction)
        try transaction.leaveAutomation(
            of: [.opened(opening)], from: nil, to: ticket, by: actor, in: directory)
        performer.settleAccess(effects, on: transaction)
        return TicketRecord(ticket: ticket, subject: submission.subject)
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
