import Desk
public import DeskStore
public import Jobs
import Moments
import Postgres
import Runtime

/// Puts the tickets of people who have left or are absent back into the queues of the positions that answer for them.
public struct ReleaseTicketsHandler: Sendable {
    let store: DeskStore

    /// How many tickets a transaction releases: a person may have had hundreds.
    static let batch = 50
    /// How long after the first look comes the second: longer than a transaction takes that gives somebody a ticket.
    static let pause = Duration.seconds(60)

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: ReleaseTickets.self) { job, context in
            if let absence = job.absence, let wait = try await store.time(until: absence) {
                return .snooze(max(wait, .seconds(1)))
            }
            let recording = Recording(by: .program, cause: "job \(context.id)")
            while try await release(job, recording) == Self.batch {}
            if job.isSecondLook != true {
                let again = store.timekeeper.now + Self.pause
                try await store.transaction { (transaction: borrowing Transaction) in
                    _ = try await transaction.enqueue(job.secondLook, at: again)
                }
            }
            return .done
        }
    }

    /// Each batch is a transaction of its own; one that is repeated finds nothing left.
    private func release(_ job: ReleaseTickets, _ recording: Recording) async throws -> Int {
        try await store.transaction { (transaction: borrowing Transaction) in
            let tickets: [TicketID]
            if let absence = job.absence {
                let kinds = try await store.directory(using: transaction).organisation.process.releasesWhenAbsent
                tickets = try await transaction.ticketsInHand(
                    during: absence, kinds: kinds, limit: Self.batch, at: store.timekeeper.now)
            } else {
                tickets = try await transaction.ticketsOfThoseWhoLeft(limit: Self.batch)
            }
            for ticket in tickets {
                try await store.record(on: ticket, recording, using: transaction) { _ in .released }
            }
            return tickets.count
        }
    }
}
