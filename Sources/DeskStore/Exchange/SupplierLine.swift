public import Desk
public import Moments
public import Postgres

/// How the line to a supplier's system does, whichever worker finds it out.
///
/// After five failures of the system in a row nothing is sent for a while, and then one message as a probe: each
/// failure doubles the while, a success opens the line again. So a system that hangs costs no worker more than that.
public struct SupplierLine: Sendable, Equatable {
    public internal(set) var failures = 0
    public internal(set) var failingSince: Moment?
    public internal(set) var lastError: String?
    /// While this is ahead nothing is sent.
    public internal(set) var closedUntil: Moment?
    /// Why nothing is begun until a person says otherwise.
    public internal(set) var pausedAt: Moment?
    public internal(set) var pausedBecause: String?
    public internal(set) var lastSuccessAt: Moment?
    public internal(set) var pollCursor: String?
    public internal(set) var polledAt: Moment?
    public internal(set) var reconciledAt: Moment?
    /// The address at which their system was asked to tell us of news.
    public internal(set) var listener: String?

    public init() {}

    /// So many failures in a row close the line.
    static let tolerated = 5
    static let shortestPause = Duration.seconds(30)
    static let longestPause = Duration.seconds(900)
    /// How long a probe may take before another one is made.
    public static let probe = Duration.seconds(60)

    /// Whether something may be sent.
    public enum Admission: Hashable, Sendable {
        case open
        /// The pause is over: one message shows whether the system answers.
        case probe
        case closed(until: Moment)
        case paused(because: String)
    }

    public func admission(at now: Moment) -> Admission {
        if pausedAt != nil { return .paused(because: pausedBecause ?? "paused") }
        guard let closedUntil else { return .open }
        return closedUntil > now ? .closed(until: closedUntil) : .probe
    }

    /// The system has answered.
    mutating func succeed(at now: Moment) {
        (failures, failingSince, lastError, closedUntil) = (0, nil, nil, nil)
        lastSuccessAt = now
    }

    /// The system has not answered, or asked for time.
    mutating func fail(because reason: String, askedFor wait: Duration?, at now: Moment) {
        failures += 1
        failingSince = failingSince ?? now
        lastError = reason
        if let wait { closedUntil = max(closedUntil ?? now, now + wait) }
        guard failures >= Self.tolerated else { return }
        let doublings = min(failures - Self.tolerated, 5)
        let pause = min(Self.shortestPause * (1 << doublings), Self.longestPause)
        closedUntil = max(closedUntil ?? now, now + pause)
    }

    /// A person has seen to it.
    mutating func open() {
        (failures, failingSince, lastError, closedUntil) = (0, nil, nil, nil)
        (pausedAt, pausedBecause) = (nil, nil)
    }

    /// Nothing is begun until a person says otherwise.
    mutating func pause(because reason: String, at now: Moment) {
        (pausedAt, pausedBecause) = (now, reason)
    }
}

extension SupplierLine: PostgresRow {
    public static var columns: String {
        """
        failures, failing_since, last_error, closed_until, paused_at, paused_because, last_success_at, poll_cursor, \
        polled_at, reconciled_at, listener
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        failures = try row.read()
        failingSince = try row.read()
        lastError = try row.read()
        closedUntil = try row.read()
        pausedAt = try row.read()
        pausedBecause = try row.read()
        lastSuccessAt = try row.read()
        pollCursor = try row.read()
        polledAt = try row.read()
        reconciledAt = try row.read()
        listener = try row.read()
    }
}

extension Transaction {
    /// How the line to a supplier does; one that nobody has used does well.
    public borrowing func line(to supplier: SupplierID) async throws -> SupplierLine {
        let query: Query<SupplierLine> =
            "select \(columns: SupplierLine.self) from supplier_line where supplier = \(supplier)"
        return try await first(query) ?? SupplierLine()
    }

    /// Takes the probe for itself: of several that would make it, one gets it.
    public borrowing func takeProbe(
        of supplier: SupplierID, _ line: SupplierLine, at now: Moment
    ) async throws -> Bool {
        try await run(
            """
            update supplier_line set closed_until = \(now + SupplierLine.probe)
            where supplier = \(supplier) and closed_until = \(line.closedUntil)
            """) == 1
    }

    /// Notes that the system has answered. Of many successes one a minute is written.
    public borrowing func noteSuccess(of supplier: SupplierID, _ line: SupplierLine, at now: Moment) async throws {
        if line.failures == 0, line.closedUntil == nil, let last = line.lastSuccessAt,
            now.duration(since: last) < .seconds(60)
        {
            return
        }
        try await change(lineTo: supplier) { $0.succeed(at: now) }
    }

    public borrowing func noteFailure(
        of supplier: SupplierID, because reason: String, askedFor wait: Duration?, at now: Moment
    ) async throws {
        try await change(lineTo: supplier) { $0.fail(because: reason, askedFor: wait, at: now) }
    }

    /// Closes the line until a person opens it.
    public borrowing func pause(_ supplier: SupplierID, because reason: String, at now: Moment) async throws {
        try await change(lineTo: supplier) { $0.pause(because: reason, at: now) }
    }

    public borrowing func noteReconciliation(of supplier: SupplierID, at now: Moment) async throws {
        try await change(lineTo: supplier) { $0.reconciledAt = now }
    }

    public borrowing func notePoll(of supplier: SupplierID, upTo cursor: String, at now: Moment) async throws {
        try await change(lineTo: supplier) { line in (line.pollCursor, line.polledAt) = (cursor, now) }
    }

    public borrowing func noteListener(of supplier: SupplierID, at address: String) async throws {
        try await change(lineTo: supplier) { $0.listener = address }
    }

    /// Reads the line, held against others, and writes it back.
    borrowing func change(lineTo supplier: SupplierID, _ body: (inout SupplierLine) -> Void) async throws {
        try await run("insert into supplier_line (supplier) values (\(supplier)) on conflict do nothing")
        let query: Query<SupplierLine> =
            "select \(columns: SupplierLine.self) from supplier_line where supplier = \(supplier) for update"
        var line = try await first(query) ?? SupplierLine()
        body(&line)
        try await run(
            """
            update supplier_line set failures = \(line.failures), failing_since = \(line.failingSince),
                last_error = \(line.lastError), closed_until = \(line.closedUntil), paused_at = \(line.pausedAt),
                paused_because = \(line.pausedBecause), last_success_at = \(line.lastSuccessAt),
                poll_cursor = \(line.pollCursor), polled_at = \(line.polledAt), reconciled_at = \(line.reconciledAt),
                listener = \(line.listener)
            where supplier = \(supplier)
            """)
    }
}
