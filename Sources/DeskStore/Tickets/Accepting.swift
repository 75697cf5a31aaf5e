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
    /// - Parameters:
    ///   - tellsTrouble: whether it is asked too what its requester may be told of disturbances.
    ///   - asked: what was asked already, and what was answered.
    public func open(
        _ submission: Submission, keptBy keeper: Responsibility? = nil, by actor: Ticket.Actor? = nil,
        cause: String? = nil, tellsTrouble: Bool = false, asked: (questions: Arriving, answers: BatchAnswers)? = nil,
        using transaction: borrowing Transaction
    ) async throws -> OpenedTicket {
        let now = now
        let (directory, arrival, disturbances) = try await arrival(
            of: submission, asked: asked, tellsTrouble: tellsTrouble, using: transaction)
        let requester = arrival.requester
        let origin = submission.site ?? requester.homeSite ?? directory.defaultSite
        let actor = actor ?? .person(requester.id)
        guard let number = TicketNumber(site: directory.code(of: origin), sequence: arrival.sequence) else {
            throw DeskInconsistency("site \(directory.code(of: origin)) has no code that can be in a number")
        }
        let opening = Ticket.Opening(
            number: number, origin: origin, classification: directory.classification(of: submission),
            channel: submission.channel, language: submission.requester.language ?? requester.language,
            requester: requester.id, intake: try keeper ?? directory.intake(of: origin), entry: arrival.entry,
            client: submission.client?.desk)
        var (ticket, effects) = Ticket.open(opening, id: arrival.ticket, at: now, by: actor)
        if keeper != nil { effects.removeAll { $0 == .route } }
        if !submission.isAcknowledged { effects.removeAll(where: \.isAcknowledgement) }
        transaction.insert(ticket, subject: submission.subject)
        if let client = submission.client { try await transaction.serve(client, with: ticket) }
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
            isReturned: arrival.isReturned, requester: requester, clocks: clocks, text: submission.text,
            disturbances: disturbances, directory: directory)
    }
}

/// A ticket that was opened a moment ago, in a transaction that is under way.
public struct OpenedTicket: Sendable {
    public let record: TicketRecord
    /// What the requester has said.
    public let entry: EntryID
    /// Whether mail to the address that its requester writes from came back.
    public let isReturned: Bool
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
