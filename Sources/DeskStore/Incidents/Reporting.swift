public import Desk
public import Foundation
import Moments
public import Postgres

/// What a report has to do with what is announced.
public struct KnownTrouble: Sendable {
    /// What it may be about, the likeliest first.
    public var mentioned: [Announcement] = []
    /// What it is a part of.
    public var joined: Announcement?

    public init() {}
}

extension DeskStore {
    /// What a ticket has to do with what is announced, as its requester is told.
    public func knownTrouble(
        of report: TicketRecord, using transaction: borrowing Transaction
    ) async throws -> KnownTrouble {
        let directory = try await directory(using: transaction)
        var batch = Batch()
        let questions = TroubleQuestions(of: "\(report.ticket.id)", in: &batch)
        return try await questions.trouble(of: report, transaction.ask(batch), in: directory)
    }

    /// A ticket as its requester sees it, with what it has to do with what is announced, in one round trip; nil where
    /// there is none for these eyes.
    public func requested(
        _ number: TicketNumber, seeing sight: Sight
    ) async throws -> (view: TicketView, trouble: KnownTrouble)? {
        let now = now
        var batch = Batch()
        let view = ViewQuestions(number, including: false, in: &batch)
        let trouble = TroubleQuestions(of: .ticket(number), in: &batch)
        let answers = try await ask(batch, seeing: sight)
        guard let view = try await view.view(answers, asOf: now, directory(version:)) else { return nil }
        return (view, try trouble.trouble(of: view.record, answers, in: view.directory))
    }

    /// Whoever asked says that his ticket is about what is announced: it becomes a part of the major incident and is
    /// solved with it.
    ///
    /// - Returns: whether the announcement still holds.
    /// - Throws: `NoSuchTicket`, `Refusal`, `DatabaseError`.
    public func join(
        _ number: TicketNumber, to announcement: UUID, by person: PersonID, cause: String?,
        using transaction: borrowing Transaction
    ) async throws -> Bool {
        let open = try await transaction.openDisturbances().first { $0.announcement.identity == announcement }
        guard let open else { return false }
        // Circles are ruled out one at a time, as for every ticket that becomes a part.
        try await transaction.lockLineage()
        guard try await isOpen(open, using: transaction) else { return false }
        try await transaction.see(as: person)
        guard let held = try await transaction.hold(number) else {
            throw NoSuchTicket(number: number.description)
        }
        if held.ticket.ties.parent == open.ticket { return true }
        if held.ticket.ties.parent != nil || held.ticket.responsibility.isConfidential {
            throw Refusal(reason: .staysApart, state: held.ticket.state, event: .becameChild)
        }
        try await transaction.checkLineage(of: held.ticket, under: open.ticket)
        try await record(on: number, Recording(by: .person(person), cause: cause), using: transaction) { _ in
            .becameChild(of: open.ticket)
        }
        return true
    }

    /// Makes a report that surely is about an announced disturbance a part of the major incident, without anybody's
    /// work; one by somebody whom the desk did not know before is left alone, and the disturbance mentioned to him.
    ///
    /// - Parameter report: a ticket that was routed a moment ago, in the same transaction.
    func joinDisturbance(
        _ report: TicketRecord, in directory: Directory, cause: String?, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        let isQuiet = try await transaction.first(
            "select not exists (select from announcement where until is null)", as: Bool.self)
        guard isQuiet == false,
            let open = try await transaction.disturbances(fitting: report, in: directory)
                .first(where: { $0.likeness == .sure })?.disturbance,
            try await transaction.isKnown(report.ticket.requester, since: report.ticket.times.opened)
        else { return report }
        try await transaction.lockLineage()
        guard try await isOpen(open, using: transaction) else { return report }
        do {
            try await transaction.checkLineage(of: report.ticket, under: open.ticket)
        } catch is Refusal {
            return report
        }
        let title = open.announcement.words(in: "en")?.title ?? ""
        let recording = Recording(by: .program, cause: String("announced: \(title)".prefix(200)))
        return try await record(on: report.ticket.id, recording, using: transaction) { _ in
            .becameChild(of: open.ticket)
        }
    }

    /// Whether the major incident goes on; it is held against its end until the transaction ends.
    private func isOpen(_ disturbance: OpenDisturbance, using transaction: borrowing Transaction) async throws -> Bool {
        try await transaction.see(as: disturbance.requester)
        guard let major = try await transaction.hold(disturbance.ticket)?.ticket else { return false }
        return major.ties.isMajor && major.state != .resolved && major.state != .closed
    }
}

extension Transaction {
    /// Whether somebody was known to the desk before an instant.
    fileprivate borrowing func isKnown(_ person: PersonID, since moment: Moment) async throws -> Bool {
        try await first("select created_at < \(moment) from person where id = \(person)", as: Bool.self) ?? false
    }
}
