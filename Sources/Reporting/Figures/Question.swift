import Moments

/// What a report is asked for.
struct Question: Sendable, Hashable {
    var period: Period
    var split: Split
    var reach: Reach
    var now: Moment

    /// The instant up to which is counted: the end of the period, or now.
    var until: Moment { min(period.end, now) }
}
