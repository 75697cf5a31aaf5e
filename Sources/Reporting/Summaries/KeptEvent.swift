import Desk
import DeskStore
import JSON
import Moments
import Postgres

/// An event as it stands in the log, not yet understood: one that cannot be read must not keep the others from being
/// counted.
struct KeptEvent: Sendable {
    let ticket: TicketID
    let kind: String
    let at: Moment
    let actorKind: Ticket.Actor.Kind
    let actor: Int64?
    let data: String

    /// The event with its meaning.
    ///
    /// - Throws: `JSONFaults`, `JSONSyntaxFault` or `UnknownEvent`.
    func recorded() throws -> RecordedEvent {
        guard let kind = Ticket.Event.Kind(rawValue: kind) else { throw UnknownEvent(kind: kind) }
        guard let actor = Ticket.Actor(kind: actorKind, identifier: actor) else {
            throw UnknownEvent(kind: "\(kind.rawValue) by a \(actorKind.rawValue) without a key")
        }
        return RecordedEvent(at: at, actor: actor, event: try Ticket.Event(kind: kind, data: JSON.parse(data)))
    }
}

/// An event that a newer program has written.
struct UnknownEvent: Error, CustomStringConvertible {
    let kind: String
    var description: String { "this program does not know the event \(kind); use the newest and count anew" }
}

extension KeptEvent: PostgresRow {
    static var columns: String { "ticket, kind, at, actor_kind, actor, data" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        ticket = try row.read()
        kind = try row.read()
        at = try row.read()
        actorKind = try row.read()
        actor = try row.read()
        data = try row.read()
    }
}

extension Query<KeptEvent> {
    /// Everything that has happened to the tickets, each in order.
    static func logs(of tickets: [TicketID]) -> Self {
        """
        select \(columns: KeptEvent.self) from event where ticket = any (\(tickets.map(\.rawValue)))
        order by ticket, revision
        """
    }
}
