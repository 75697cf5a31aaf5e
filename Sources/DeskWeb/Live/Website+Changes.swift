public import Desk
import DeskStore
public import HTTP
import Postgres

/// What the script of a page is told of changes. It is told that there are some and nothing of what they are: the page
/// shows them, to whoever may see them by then.
extension Website {
    /// Tells once when a ticket has gone on from a revision; the stream ends with that, and when the reader has signed
    /// out or sees the ticket no longer.
    ///
    /// - Throws: `NoSuchTicket` where he sees none, and `DatabaseError`.
    public func changes(
        of number: TicketNumber, for reader: Overseer, _ request: Request, by watch: TicketWatch
    ) async throws -> Response {
        let known = request.query["after"].flatMap { Int64($0) } ?? 0
        let found = try await store.transaction(seeing: reader.sight) { (transaction: borrowing Transaction) in
            try await transaction.key(of: number)
        }
        guard let ticket = found else { throw NoSuchTicket(number: number.description) }
        return Response.events { [self] sink in
            try await watch.follow(ticket) {
                guard let revision = try await revision(of: number, as: request) else { return false }
                guard revision > known else { return true }
                try await sink.send(ServerEvent("\(revision)", id: "\(revision)", name: "changed"))
                return false
            }
        }
    }

    /// How far a ticket is, with the eyes that the reader has now; nil if he has none for it. Where the database is
    /// away for a moment, nothing has happened: what did is found when next looked.
    private func revision(of number: TicketNumber, as request: Request) async throws -> Int64? {
        do {
            guard let rights = try await visit(request).rights, Overseer.includes(rights) else { return nil }
            return try await store.revision(of: number, seeing: rights.sight)
        } catch let error as DatabaseError where error.isTransient {
            return 0
        }
    }
}
