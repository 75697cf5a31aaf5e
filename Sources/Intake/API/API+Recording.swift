import Desk
import DeskStore
import HTTP
import Postgres
import Runtime

extension APIClient {
    /// A change with the words that belong to it.
    func recording(_ text: String, _ visibility: Visibility, for request: Request) -> Recording {
        Recording(by: actor, note: Note(text, visibility: visibility, channel: .api), cause: request.cause)
    }
}

extension API {
    /// Records an event and answers with the ticket after it.
    ///
    /// - Parameter unlessUnchanged: whether a change that changes nothing is answered like one that does.
    func record(
        on number: TicketNumber, by client: APIClient, _ recording: Recording, unlessUnchanged: Bool = false,
        event: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> Response {
        let directory = try await store.directory()
        do {
            let card = try await store.transaction(seeing: client.sight) { (transaction: borrowing Transaction) in
                let card = try await record(on: number, recording, using: transaction, event: event)
                IntakePoint.beforeCommit.pass()
                return card
            }
            IntakePoint.afterCommit.pass()
            return Self.answer(card, in: directory)
        } catch let refusal as Refusal where unlessUnchanged && refusal.reason == .changesNothing {
            guard let card = try await store.card(of: number, seeing: client.sight) else { throw refusal }
            return Self.answer(card, in: directory)
        }
    }

    /// Records an event in a transaction that is under way.
    func record(
        on number: TicketNumber, _ recording: Recording, using transaction: borrowing Transaction,
        event: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> TicketCard {
        guard let before = try await transaction.card(of: number) else {
            throw NoSuchTicket(number: number.description)
        }
        try await store.record(on: number, recording, using: transaction, event: event)
        // Whoever acts may have given the ticket out of his own sight: then he is told how it was before.
        return try await transaction.card(of: number) ?? before
    }
}
