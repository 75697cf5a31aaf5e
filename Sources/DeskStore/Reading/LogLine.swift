public import Desk
import JSON
import Moments
public import Postgres

/// An event of the log with its place in it.
public struct LogLine: Sendable, Equatable {
    public let revision: Int64
    public let recorded: RecordedEvent
    public let cause: String?
    /// What the person is called who did it; nil for a supplier, a program and a machine.
    public let actorName: String?
}

extension LogLine {
    /// The rule that did it, where one did.
    public var rule: String? {
        guard recorded.actor == .program, let cause, cause.hasPrefix(Self.rulePrefix) else { return nil }
        return String(cause.dropFirst(Self.rulePrefix.count))
    }

    private static let rulePrefix = "rule "

    /// What the log says of events that a rule caused.
    static func cause(ofRule name: String) -> String { String((rulePrefix + name).prefix(200)) }
}

extension LogLine: PostgresRow {
    public static var columns: String {
        """
        revision, kind, at, actor_kind, actor, cause, data,
        (select p.name from person p where event.actor_kind = 'person' and p.id = event.actor)
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        revision = try row.read()
        let (kind, at): (Ticket.Event.Kind, Moment) = (try row.read(), try row.read())
        let (actorKind, actorKey): (Ticket.Actor.Kind, Int64?) = (try row.read(), try row.read())
        cause = try row.read()
        let data: String = try row.read()
        actorName = try row.read()
        guard let actor = Ticket.Actor(kind: actorKind, identifier: actorKey) else {
            throw UndecodableColumn(index: 4, name: "actor", reason: "does not go with \(actorKind.rawValue)")
        }
        guard let event = try? Ticket.Event(kind: kind, data: JSON.parse(data)) else {
            throw UndecodableColumn(index: 6, name: "data", reason: "does not hold the details of \(kind.rawValue)")
        }
        recorded = RecordedEvent(at: at, actor: actor, event: event)
    }
}

extension Transaction {
    borrowing func log(of ticket: TicketID) async throws -> [LogLine] { try await all(.log(of: "\(ticket)")) }

    /// What had happened last at an instant.
    borrowing func lastLine(of ticket: TicketID, at moment: Moment) async throws -> LogLine? {
        try await first(
            Query<LogLine>(
                """
                select \(columns: LogLine.self) from event where ticket = \(ticket) and at <= \(moment)
                order by revision desc limit 1
                """))
    }

    borrowing func legs(of ticket: TicketID) async throws -> [Leg] { try await all(.legs(of: "\(ticket)")) }
}

extension Query<LogLine> {
    /// - Parameter ticket: its key, or a subquery that gives it.
    static func log(of ticket: SQL) -> Self {
        "select \(columns: LogLine.self) from event where ticket = \(ticket) order by revision"
    }
}

extension Query<Leg> {
    /// - Parameter ticket: its key, or a subquery that gives it.
    static func legs(of ticket: SQL) -> Self {
        "select \(columns: Leg.self) from leg where ticket = \(ticket) order by episode, started_at"
    }
}
