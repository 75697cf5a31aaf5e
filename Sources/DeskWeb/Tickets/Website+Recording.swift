public import Desk
public import DeskStore
import Postgres
import Runtime

extension Website {
    /// Records what somebody asked for by a form.
    ///
    /// - Throws: what `DeskStore.record` throws.
    public func record(
        on number: TicketNumber, seeing sight: Sight, _ recording: Recording,
        event: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws {
        try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await store.record(on: number, recording, using: transaction, event: event)
            PagePoint.beforeCommit.pass()
        }
        PagePoint.afterCommit.pass()
    }
}
