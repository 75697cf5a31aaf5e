import Desk
import Moments
import Postgres

extension Transaction {
    /// All clocks of a ticket with their segments.
    borrowing func clocks(of ticket: TicketID, calendars: Directory) async throws -> [ClockView] {
        try await clocks("ticket = \(ticket)", calendars: calendars)
    }

    /// The clocks that an event may concern: those that run, and those of rounds that may be taken up again. A ticket
    /// that was written about a thousand times has a thousand others.
    borrowing func liveClocks(of ticket: Ticket, calendars: Directory) async throws -> [ClockView] {
        let rounds = ticket.clockDemands.compactMap(\.key.round)
        return try await clocks(
            """
            ticket = \(ticket.id)
            and (stopped_at is null or episode = \(ticket.episode) and (round_at is null or round_at = any (\(rounds))))
            """, calendars: calendars)
    }

    private borrowing func clocks(_ condition: SQL, calendars: Directory) async throws -> [ClockView] {
        var batch = Batch()
        let questions = ClockQuestions(condition, in: &batch)
        return try await questions.clocks(ask(batch), calendars: calendars)
    }

    /// Writes what is different about clocks; however many there are, it costs a round trip for new ones at the most.
    ///
    /// - Parameters:
    ///   - moment: the instant of the event, which does not undo what was due before it; nil where the clocks were
    ///     counted anew, and with them what was due.
    ///   - reserve: where the keys of new ones come from. A ticket that has clocks already takes its keys from the
    ///     database itself, so that its later ones have higher keys.
    borrowing func write(
        _ clocks: Clocks, over before: [ClockView], of ticket: TicketID, at moment: Moment?,
        keys reserve: KeyReserve? = nil
    ) async throws {
        var changes = ClockChanges(of: ticket, at: moment)
        var fresh: [Clock] = []
        for clock in clocks.clocks {
            if let old = before.first(where: { $0.clock.isSame(as: clock) }) {
                if old.clock != clock { changes.change(old, to: clock) }
            } else {
                fresh.append(clock)
            }
        }
        let keys =
            if let reserve, before.isEmpty {
                try await reserve.next(fresh.count, of: "clock", using: self)
            } else {
                try await newKeys(of: "clock", count: fresh.count)
            }
        for (clock, id) in zip(fresh, keys) { changes.add(clock, as: id) }
        for statement in changes.statements { later(statement) }
    }
}

/// What is asked to show clocks.
struct ClockQuestions: Sendable {
    private let rows: Pending<[ClockRow]>
    private let segments: Pending<[SegmentRow]>

    /// - Parameter condition: of which rows of the table of clocks.
    init(_ condition: SQL, in batch: inout Batch) {
        rows = batch.all(
            Query<ClockRow>("select \(columns: ClockRow.self) from clock where \(condition) order by episode, id"))
        segments = batch.all(
            Query<SegmentRow>(
                """
                select \(columns: SegmentRow.self) from clock_segment
                where clock in (select id from clock where \(condition)) order by clock, started_at
                """))
    }

    func clocks(_ answers: BatchAnswers, calendars: Directory) throws -> [ClockView] {
        let segments = Dictionary(grouping: try answers[segments], by: \.clock)
        return try answers[rows].map { row in
            let own = segments[row.id, default: []].map(\.segment)
            guard let last = own.last else { throw DeskInconsistency("clock \(row.id) has no segment") }
            return ClockView(
                id: row.id,
                clock: Clock(
                    key: row.key, episode: row.episode, target: row.target, promised: row.promised, state: row.state,
                    startedAt: row.startedAt, stoppedAt: row.stoppedAt, dueAt: row.dueAt, segments: own,
                    calendar: try calendars.calendarVersion(last.calendar)))
        }
    }
}

extension Clock {
    fileprivate func isSame(as other: Clock) -> Bool { key == other.key && episode == other.episode }
}

/// What the database holds contradicts itself: a fault of the desk, never of a visitor.
public struct DeskInconsistency: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = "The desk's records contradict one another: \(description)." }
}
