import Desk
public import DeskStore
public import Jobs
import Postgres

/// Puts the tickets of people who have left back into the queues of the positions that answer for them.
public struct ReleaseTicketsHandler: Sendable {
    let store: DeskStore

    /// How many tickets a transaction releases: a person may have had hundreds.
    static let batch = 50

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: ReleaseTickets.self) { job, context in
            let recording = Recording(by: .program, cause: "job \(context.id)")
            while try await release(recording) == Self.batch {}
            return .done
        }
    }

    /// Each batch is a transaction of its own; one that is repeated finds nothing left.
    private func release(_ recording: Recording) async throws -> Int {
        try await store.transaction { (transaction: borrowing Transaction) in
            let tickets = try await transaction.ticketsOfThoseWhoLeft(limit: Self.batch)
            for ticket in tickets {
                try await store.record(on: ticket, recording, using: transaction) { _ in .released }
            }
            return tickets.count
        }
    }
}
