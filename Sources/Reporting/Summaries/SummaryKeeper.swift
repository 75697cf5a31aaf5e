import Desk
public import DeskStore
import Moments
import Postgres
public import Runtime

/// Counts the log of events into the summaries that reports are read from. Any number of copies may run; the one that
/// holds the cursor counts, and another goes on where it was stopped.
public struct SummaryKeeper: Service {
    public let name = "summaries"
    private let store: DeskStore
    private let log: Log
    private let counted: Counter

    /// How many events a transaction counts.
    static let batch = 500
    /// How long an event may stay uncounted while all is well.
    static let nap = Duration.seconds(1)

    /// - Parameter store: the primary database, where the log is written.
    public init(_ store: DeskStore, metrics: Metrics = Metrics(), log: Log = .silent) {
        (self.store, self.log) = (store, log)
        counted = metrics.counter("meridian_figures_events_total", "Events counted into the figures of reports.")
    }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            do {
                while try await fold() == Self.batch, !stop.isRaised {}
            } catch let error as DatabaseError where error.isTransient {
                log.warning("figures wait for the database", ["err": .error(error)])
            } catch {
                log.error("the log could not be counted", ["err": .error(error)])
            }
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: Self.nap) }
        }
    }

    /// Counts one batch of the log, if no other copy is at it; returns how many events there were.
    @discardableResult
    public func fold() async throws -> Int {
        let count = try await store.transaction { (transaction: borrowing Transaction) -> Int in
            guard let place = try await transaction.first(.claimed) else { return 0 }
            let count = try await countBatch(from: place, using: transaction).count
            if count > 0 { SummaryPoint.beforeCommit.pass() }
            return count
        }
        if count > 0 {
            SummaryPoint.afterCommit.pass()
            counted.add(count)
        }
        return count
    }

    /// Counts the whole log anew; reports show the figures of before until it is done.
    public func rebuild() async throws {
        try await store.transaction { (transaction: borrowing Transaction) in
            guard try await transaction.first(.awaited) != nil else { return }
            try await transaction.run("delete from figure_ticket")
            var place = LogPlace.start
            while let last = try await countBatch(from: place, using: transaction).last { place = last.place }
        }
    }

    /// Counts the batch behind a place and returns its events.
    private func countBatch(
        from place: LogPlace, using transaction: borrowing Transaction
    ) async throws -> [SettledEvent] {
        let events = try await transaction.all(.following(place, limit: Self.batch))
        if !events.isEmpty { try await take(events, using: transaction) }
        return events
    }

    /// Summarises the tickets of these events from their whole logs: an event seen twice changes nothing.
    private func take(_ events: [SettledEvent], using transaction: borrowing Transaction) async throws {
        guard let last = events.last else { return }
        let tickets = Set(events.map(\.ticket)).sorted()
        let hours = try await store.pastHours(using: transaction)
        let logs = Dictionary(grouping: try await transaction.all(.logs(of: tickets)), by: \.ticket)
        var statements: [SQL] = [
            "delete from figure_ticket where ticket = any (\(tickets.map(\.rawValue)))"
        ]
        for ticket in tickets {
            do {
                let log = try (logs[ticket] ?? []).map { try $0.recorded() }
                let summary = try TicketSummary(of: ticket, log: log)
                statements += CountedSummary(summary, of: ticket, hours: hours).insertions
            } catch {
                self.log.error(
                    "a ticket is missing from the figures",
                    ["ticket": .int(Int(ticket.rawValue)), "err": .error(error)])
            }
        }
        statements.append(
            """
            update figure_cursor set transaction = \(last.place.transaction)::text::xid8, event = \(last.place.event)
            """)
        _ = try await transaction.pipeline(statements)
    }
}
