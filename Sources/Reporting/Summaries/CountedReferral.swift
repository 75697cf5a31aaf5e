import Desk
import DeskStore
import Moments
import Postgres

/// A referral with the hours that its supplier's contract counts.
struct CountedReferral {
    private let referral: Referral
    /// Nil until the supplier acknowledged it.
    let acknowledgement: EpisodeTimes.Span?
    /// Nil until it ended.
    let handling: EpisodeTimes.Span?

    init(_ referral: Referral, hours past: PastHours) {
        self.referral = referral
        let history = past.hours(
            of: .supplier(referral.supplier), at: referral.place, from: referral.referredAt, until: referral.endedAt)
        func span(until moment: Moment) -> EpisodeTimes.Span {
            referral.turns(until: moment).reduce(into: EpisodeTimes.Span()) { sum, turn in
                sum.wall += turn.end.duration(since: turn.start)
                sum.hours += .microseconds(history?.elapsed(from: turn.start, to: turn.end) ?? 0)
            }
        }
        acknowledgement = referral.acknowledgedAt.map(span)
        handling = referral.endedAt.map(span)
    }

    /// What writes it down, where it is not.
    func insertion(of ticket: TicketID) -> SQL {
        let place = referral.place
        return """
            insert into figure_referral (ticket, episode, supplier, referred_at, site, tier, team, again,
                acknowledged_at, acknowledgement, acknowledgement_hours, ended_at, ending, handling, handling_hours)
            values (\(ticket), \(referral.episode), \(referral.supplier), \(referral.referredAt), \(place.site),
                \(place.tier), \(place.team), \(referral.isAgain), \(referral.acknowledgedAt),
                \(acknowledgement?.wall), \(acknowledgement?.hours), \(referral.endedAt), \(referral.ending),
                \(handling?.wall), \(handling?.hours))
            """
    }
}
