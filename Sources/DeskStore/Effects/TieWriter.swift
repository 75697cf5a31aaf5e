import Desk
import Jobs
import Moments
import Postgres

extension Transaction {
    borrowing func link(_ ticket: Ticket, to other: TicketID, _ kind: LinkKind) async throws {
        try await run(
            """
            insert into ticket_link (ticket, other, kind, since)
            values (\(ticket.id), \(other), \(kind), \(ticket.updatedAt)) on conflict do nothing
            """)
    }

    borrowing func unlink(_ ticket: Ticket, from other: TicketID, _ kind: LinkKind) async throws {
        try await run(
            "delete from ticket_link where ticket = \(ticket.id) and other = \(other) and kind = \(kind)")
    }

    borrowing func follow(_ ticket: Ticket, by person: PersonID) async throws {
        try await run(
            """
            insert into follower (ticket, person, since) values (\(ticket.id), \(person), \(ticket.updatedAt))
            on conflict do nothing
            """)
    }

    /// Leaves the parts of a resolved ticket to whoever resolves them, if there are any.
    borrowing func leaveChildren(of ticket: Ticket, to site: String) async throws {
        guard try await hasOpenParts(ticket.id) else { return }
        try await enqueue(ResolveChildren(ticket: ticket.id), site: site)
    }

    /// Leaves the parts that wait with a ticket to whoever takes them up again, if it has open parts at all.
    borrowing func wakeChildren(of ticket: Ticket, at site: String) async throws {
        guard try await hasOpenParts(ticket.id) else { return }
        try await enqueue(ResumeChildren(ticket: ticket.id), site: site)
    }

    /// Leaves the closing of a resolved ticket to the day on which the organisation counts silence as consent, from the
    /// last word of the desk on.
    borrowing func closeWhenSilent(_ ticket: Ticket, in directory: Directory, at site: String) async throws {
        guard let days = directory.organisation.process.closesAfterDays else { return }
        let job = CloseSilentTicket(ticket: ticket.id, revision: ticket.revision)
        try await enqueue(job, at: ticket.updatedAt + .seconds(days * 86_400), site: site)
    }
}
