public import Desk
import Moments
public import Postgres

/// Which hours count when clocks are counted anew.
public enum RecountedHours: Sendable {
    /// Those that are in force today, also for the time before they were.
    case ofToday
    /// Those that were in force at each time.
    case ofTheirTime
}

extension DeskStore {
    /// Lets the clocks of an open ticket follow the targets and hours that are in force, from this moment on. What they
    /// have counted stays.
    ///
    /// - Returns: how clocks were moved; where nothing is different, nothing happens.
    @discardableResult
    public func followTerms(
        _ id: TicketID, cause: String, using transaction: borrowing Transaction
    ) async throws -> [ClockShift] {
        guard let held = try await transaction.hold(id), !held.ticket.hasEnded else { return [] }
        let directory = try await directory(using: transaction)
        let now = now
        var tried = Happening(to: held)
        try tried.add(.termsChanged([]), at: now, by: .program)
        let keeper = ClockKeeper(ticket: tried.after, directory: directory)
        let (before, after) = try await keeper.settled(on: transaction)
        let shifts = after.shifts(since: Clocks(before.map(\.clock)))
        if shifts.isEmpty { return [] }
        _ = try await write(
            [.termsChanged(shifts)], to: held, Recording(by: .program, cause: cause), in: directory, at: now,
            using: transaction)
        return shifts
    }

    /// Counts the clocks of a ticket anew, by its log and the targets that are in force, as if these had held all
    /// along: the repair after a mistake in them. What has fired is never fired again.
    ///
    /// - Parameters:
    ///   - reason: kept as a note on the ticket.
    ///   - cause: who did it, for the log.
    ///   - isRehearsal: whether only to tell what would be different.
    /// - Returns: how clocks were moved; where nothing is different, nothing happens.
    /// - Throws: `NoSuchTicket`, `Ticket.ReplayFault`, and `DatabaseError`.
    public func reevaluateClocks(
        of number: TicketNumber, by hours: RecountedHours = .ofToday, because reason: String, cause: String,
        isRehearsal: Bool = false
    ) async throws -> [ClockShift] {
        let now = now
        return try await transaction { (transaction: borrowing Transaction) in
            guard let held = try await transaction.hold(number) else {
                throw NoSuchTicket(number: number.description)
            }
            let directory = try await directory(using: transaction)
            var tried = Happening(to: held)
            try tried.add(.clocksReevaluated([], note: EntryID(1)), at: now, by: .program)
            let keeper = ClockKeeper(ticket: tried.after, directory: directory)
            let (before, after) = try await keeper.recounted(
                byHoursOf: hours == .ofToday ? now : nil, on: transaction)
            let shifts = after.shifts(since: Clocks(before.map(\.clock)))
            if shifts.isEmpty || isRehearsal { return shifts }
            let note = Note(reason, visibility: .internal, kind: .system)
            try await record(
                on: held.ticket.id, Recording(by: .program, note: note, cause: cause), using: transaction
            ) { occasion in
                guard let entry = occasion.entry else { preconditionFailure("a recording with a note has its entry") }
                return .clocksReevaluated(shifts, note: entry)
            }
            try await transaction.write(after, over: before, of: held.ticket.id, at: nil)
            return shifts
        }
    }
}
