public import Desk
import Postgres

extension DeskStore {
    /// The channel on which is told what has happened to which ticket: its key, once the event has been committed.
    ///
    /// What is told here has happened; what has happened is not always told (a program may end between the two), so
    /// whoever listens must look every now and then too.
    public static let ticketChannel = "meridian_tickets"

    /// How many events a ticket's log has, or nil where there is no such ticket for these eyes.
    public func revision(of number: TicketNumber, seeing sight: Sight) async throws -> Int64? {
        var batch = Batch()
        let revision = batch.first("select revision from ticket where number = \(number)", as: Int64.self)
        return try await ask(batch, seeing: sight)[revision]
    }
}
