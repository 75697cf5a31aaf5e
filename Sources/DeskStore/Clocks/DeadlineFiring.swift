import Desk
import Moments
public import Postgres
import Runtime

extension DeskStore {
    /// How long a deadline that could not be fired waits.
    static let deadlineRetry = Backoff(first: .seconds(5), most: .seconds(900))

    /// Fires deadlines in the transaction that claimed them: each is an event of its ticket, with all that follows.
    ///
    /// - Throws: whatever the first one runs into that cannot be fired; none of them has been then.
    public func fire(_ deadlines: [ClaimedDeadline], using transaction: borrowing Transaction) async throws {
        if deadlines.isEmpty { return }
        let recording = Recording(by: .program)
        let directory = try await directory(using: transaction)
        let now = now
        var happenings: [Happening] = []
        var places: [TicketID: Int] = [:]
        for record in try await transaction.hold(deadlines.map(\.ticket)) {
            places[record.ticket.id] = happenings.count
            happenings.append(Happening(to: record))
        }
        for deadline in deadlines {
            guard let place = places[deadline.ticket] else { throw NoSuchTicket(number: deadline.number) }
            guard let event = try deadline.event() else { continue }
            do {
                try happenings[place].add(event, at: now, by: recording.actor)
            } catch {
                guard error.leavesNothingToTell else { throw error }
            }
        }
        try await write(happenings.filter { !$0.steps.isEmpty }, recording, in: directory, using: transaction)
    }
}

extension Refusal {
    /// Whether the ticket has been solved, or carried up that far by another target or a person, or is no longer with
    /// the supplier.
    fileprivate var leavesNothingToTell: Bool {
        [.clocksStand, .isResolved, .isClosed, .isEscalatedAlready, .isNotWithSupplier].contains(reason)
    }
}
