public import Desk
public import DeskStore
public import DeskSuppliers

/// Shows what would leave to a supplier before anything does.
public struct ExchangePreview: Sendable {
    private let store: DeskStore
    private let source: String

    /// - Parameter source: the URL of the desk, from which its messages come.
    public init(_ store: DeskStore, source: String) { (self.store, self.source) = (store, source) }

    /// What a message about a ticket would tell.
    ///
    /// - Parameter note: what goes along.
    /// - Returns: nil where these eyes see no such ticket, or the organisation has no such supplier.
    public func leaving(
        _ kind: SupplierMessage.Kind, of ticket: TicketID, to supplier: SupplierID, saying note: String?,
        seeing sight: Sight
    ) async throws -> Leaving? {
        guard
            let shared = try await store.sharedTicket(
                ticket, with: supplier, saying: note, seeing: sight),
            let terms = shared.directory.supplier(supplier)
        else { return nil }
        let facts = TicketFacts(shared, with: kind, to: terms)
        let run = DryRun(terms, timekeeper: store.timekeeper)
        let number = shared.record.ticket.number.description
        let text = await run.requests(telling: kind, facts, as: number, from: source)
        return Leaving(kind, of: facts, allowing: terms.fields, text: text)
    }
}
