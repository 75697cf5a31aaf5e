import Catalogue
import Desk
public import DeskStore
public import Jobs
import Postgres

/// Gives tickets of teams, positions and sites that the organisation no longer has to those who are left.
public struct RehomeTicketsHandler: Sendable {
    let store: DeskStore

    /// How many tickets a transaction moves.
    static let batch = 50

    public init(_ store: DeskStore) { self.store = store }

    public var handler: JobHandler {
        JobHandler(for: RehomeTickets.self) { job, context in
            while try await rehome(cause: "job \(context.id)") > 0 {}
            return .done
        }
    }

    /// Each batch is a transaction of its own; one that is repeated finds nothing left. Returns how many have moved.
    private func rehome(cause: String) async throws -> Int {
        try await store.transaction { (transaction: borrowing Transaction) in
            var moved = 0
            let tickets = try await transaction.strandedTickets(limit: Self.batch)
            for id in tickets {
                guard let ticket = try await transaction.ticket(id)?.ticket else { continue }
                let directory = try await store.directory(using: transaction)
                let refuge = try directory.refuge(for: ticket)
                let owner = directory.owner(insteadOf: ticket, under: refuge ?? ticket.responsibility)
                if refuge != nil || owner != nil { moved += 1 }
                if let refuge { try await move(ticket, to: refuge, cause, using: transaction) }
                if let owner {
                    try await store.record(on: id, Recording(by: .program, cause: cause), using: transaction) { _ in
                        .ownerChanged(owner)
                    }
                }
            }
            return moved
        }
    }

    private func move(
        _ ticket: Ticket, to refuge: Responsibility, _ cause: String, using transaction: borrowing Transaction
    ) async throws {
        if ticket.goesOutOfSight(at: refuge) {
            try await store.record(on: ticket.id, Recording(by: .program, cause: cause), using: transaction) { _ in
                .stoodDown
            }
        }
        if refuge.place == ticket.responsibility.place {
            try await store.record(on: ticket.id, Recording(by: .program, cause: cause), using: transaction) { _ in
                .assigned(refuge)
            }
            return
        }
        let language = try await store.directory(using: transaction).language(of: refuge.place.site)
        let words = Wording(Language(tag: language) ?? .english)(.rehomedNote)
        let recording = Recording(
            by: .program, note: Note(words, visibility: .internal, kind: .system), cause: cause)
        try await store.record(on: ticket.id, recording, using: transaction) { occasion in
            guard let entry = occasion.entry else { preconditionFailure("a recording with a note has its entry") }
            return .handedOver(refuge, reason: "reorganised", note: entry)
        }
    }
}
