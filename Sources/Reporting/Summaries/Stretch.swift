import Desk
import Moments
import Postgres

/// A stretch of a ticket's life in which the same was done with it: a leg, or a part of one, without the time in which
/// it counts as resolved.
struct Stretch: Equatable {
    let episode: Int
    let holder: Holder
    let place: Place
    let phase: Phase
    /// Whether somebody of the desk had begun to work on the ticket.
    let hasBegun: Bool
    let startedAt: Moment
    var endedAt: Moment?

    /// What is done with a ticket.
    enum Phase: String, PostgresValue {
        /// A team has it, and nobody has it in hand.
        case queue
        case work
        case hold
        case requester
        case supplier

        /// Whether the time is somebody's to account for: a wait for the requester or for something else is a pause.
        var counts: Bool {
            switch self {
            case .queue, .work, .supplier: true
            case .hold, .requester: false
            }
        }

        /// Whether it is paid for.
        var isPaid: Bool { self == .work || self == .supplier }
    }

    /// How long it took; nothing while it lasts.
    var length: Duration { endedAt.map { $0.duration(since: startedAt) } ?? .zero }
}
