public import Desk
public import Foundation
import Moments
public import Postgres

extension DeskStore {
    /// How far an exchange with a supplier is, whichever of the two works on the ticket; nil where there is none.
    public func standing(of exchange: UUID, with supplier: SupplierID) async throws -> ExchangeStanding? {
        let query: Query<ExchangeStanding> = """
            select \(columns: ExchangeStanding.self) from supplier_ticket where uuid = \(exchange)
            """
        return try await all(query, seeing: Sight(portalOf: [supplier])).first
    }
}

extension ExchangeStanding: PostgresRow {
    /// Of the portal's window.
    public static var columns: String {
        "number, state, ended_at is not null, has_unsent, last_sent_at, last_heard_at"
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            reference: try row.read(), state: try row.read(), hasEnded: try row.read(), hasUnsent: try row.read(),
            lastSentAt: try row.read(), lastHeardAt: try row.read())
    }
}
