import Desk
import Moments

/// A stretch in which one party had a ticket to work on: a leg without the time in which it counts as resolved.
struct Stretch: Equatable {
    let episode: Int
    let holder: Holder
    let place: Place
    let startedAt: Moment
    var endedAt: Moment?
}
