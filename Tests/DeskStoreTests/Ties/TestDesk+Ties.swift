import Desk
import DeskStore
import DeskTestSupport
import Postgres
import Runtime

extension Recording {
    static let desk = Recording(by: .program)
}

extension TestDesk {
    @discardableResult
    func tie(
        seeing sight: Sight = .desk,
        _ body: @Sendable (DeskStore, borrowing Transaction) async throws -> TicketRecord
    ) async throws -> TicketRecord {
        time.advance(by: .seconds(60))
        return try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await body(store, transaction)
        }
    }

    /// Why tickets cannot be tied; nil where they were.
    func refusal(
        _ body: @Sendable (DeskStore, borrowing Transaction) async throws -> TicketRecord
    ) async throws -> Refusal.Reason? {
        do {
            try await tie(body)
            return nil
        } catch let refusal as Refusal {
            return refusal.reason
        }
    }
}
