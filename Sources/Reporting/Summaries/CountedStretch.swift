import Desk
import DeskStore
import Moments
import TimeZones

/// A stretch with the hours of whoever had the ticket.
struct CountedStretch {
    let stretch: Stretch
    /// Nil where nobody's hours count: in a pause.
    private let history: CalendarHistory?
    /// How long whoever had the ticket was open; nothing while it lasts.
    let hours: Duration

    init(_ stretch: Stretch, hours past: PastHours) {
        self.stretch = stretch
        let history =
            stretch.phase.counts
            ? past.hours(of: stretch.holder, at: stretch.place, from: stretch.startedAt, until: stretch.endedAt) : nil
        self.history = history
        hours =
            stretch.endedAt.map { end in
                .microseconds(history?.elapsed(from: stretch.startedAt, to: end) ?? 0)
            } ?? .zero
    }

    /// What of its hours was over at an instant.
    func hours(until moment: Moment) -> Duration {
        let end = stretch.endedAt.map { min($0, moment) } ?? moment
        return .microseconds(history?.elapsed(from: stretch.startedAt, to: end) ?? 0)
    }

    /// The hours of each day that are to be paid for.
    var paidDays: [(day: CivilDate, microseconds: Int64)] {
        guard stretch.phase.isPaid, let end = stretch.endedAt else { return [] }
        return history?.days(from: stretch.startedAt, to: end) ?? []
    }
}
