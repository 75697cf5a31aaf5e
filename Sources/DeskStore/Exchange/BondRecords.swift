public import Desk
public import Moments
public import Postgres

/// What became of an attempt to carry a message over, for the record.
public struct MessageTrace: Sendable {
    /// What was said, and what was answered, without secrets.
    public var sent: String
    public var received: String

    public init(sent: String, received: String) { (self.sent, self.received) = (sent, received) }
}

/// What a supplier's system told of its ticket in answer to a message.
public struct RemoteTicket: Sendable {
    public var remote: String?
    /// What it names the things that we wrote there.
    public var written: [String]
    /// What it did not take of what went along, and why; nil where it took all.
    public var missing: String?

    public init(remote: String?, written: [String], missing: String? = nil) {
        (self.remote, self.written, self.missing) = (remote, written, missing)
    }
}

extension Transaction {
    /// Writes down that the supplier has a message.
    public borrowing func markSent(
        _ message: PendingMessage, of bond: BondView, _ theirs: RemoteTicket, told priority: Int?,
        _ trace: MessageTrace, at now: Moment
    ) async throws {
        try await run(
            """
            update supplier_message set sent_at = \(now), last_error = \(theirs.missing), parked_at = null,
                wire_sent = \(trace.sent), wire_received = \(trace.received)
            where id = \(message.id)
            """)
        try await run(
            """
            update supplier_ticket set last_sent_at = \(now), failing_since = null,
                remote = coalesce(\(theirs.remote), remote), told_priority = coalesce(\(priority), told_priority)
            where id = \(bond.id)
            """)
        if theirs.written.isEmpty { return }
        try await run(
            """
            insert into supplier_written (supplier_ticket, item, written_at)
            select \(bond.id), item, \(now) from unnest(\(theirs.written)::text[]) item on conflict do nothing
            """)
    }

    /// Writes down why a message has not got through.
    ///
    /// - Parameter isParked: whether it now waits for a person.
    public borrowing func markFailed(
        _ message: PendingMessage, of bond: BondView, because error: String, _ trace: MessageTrace? = nil,
        isParked: Bool = false, at now: Moment
    ) async throws {
        let parked = isParked ? now : nil
        try await run(
            """
            update supplier_message set last_error = \(error), parked_at = coalesce(\(parked), parked_at),
                wire_sent = coalesce(\(trace?.sent), wire_sent),
                wire_received = coalesce(\(trace?.received), wire_received)
            where id = \(message.id)
            """)
        try await run(
            "update supplier_ticket set failing_since = coalesce(failing_since, \(now)) where id = \(bond.id)")
    }

    /// Notes on a message that has left why it did not arrive after all.
    public borrowing func markFailed(_ message: Int64, because error: String) async throws {
        try await run("update supplier_message set last_error = \(error) where id = \(message)")
    }

    /// Whether we wrote what their system knows under this name.
    public borrowing func wrote(_ item: String, in bond: Int64) async throws -> Bool {
        try await first(
            "select true from supplier_written where supplier_ticket = \(bond) and item = \(item)", as: Bool.self)
            ?? false
    }

    /// What the other side says of its ticket; what it does not say stays.
    public borrowing func hear(
        _ bond: Int64, state: String? = nil, priority: String? = nil, severity: String? = nil, remote: String? = nil,
        at now: Moment
    ) async throws {
        try await run(
            """
            update supplier_ticket set last_heard_at = \(now), their_state = coalesce(\(state), their_state),
                their_priority = coalesce(\(priority), their_priority),
                their_severity = coalesce(\(severity), their_severity), remote = coalesce(\(remote), remote)
            where id = \(bond)
            """)
    }

    /// How far the supplier is, where its system says so and no event of the ticket does.
    public borrowing func move(_ bond: Int64, to state: SupplierState) async throws {
        try await run(
            """
            update supplier_ticket set state = \(state)
            where id = \(bond) and ended_at is null and state in ('sent', 'acknowledged', 'in_progress')
            """)
    }
}
