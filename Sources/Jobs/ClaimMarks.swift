import Moments

/// From where on a worker looks for jobs, lane by lane and priority by priority.
///
/// What has been claimed leaves dead entries at the front of the index, which the server cannot remove while anybody
/// holds a snapshot from before. Where passing over them takes long, a claim begins where an earlier one has seen
/// everything. Jobs can appear behind that: from a transaction that took long to commit, or given back by another
/// worker. Every now and then a claim looks from the beginning, so they are found all the same.
struct ClaimMarks: Sendable {
    struct Place: Hashable {
        let lane: Int32
        let priority: JobPriority
    }

    /// Before every job.
    static let beginning = Moment(seconds: -62_000_000_000)
    /// A look from the beginning that takes no longer is no burden: then each claim is one.
    static let light = Duration.milliseconds(2)
    /// Heavy ones take up one part in so many of the time, and come at least once in `longest`.
    static let share = 200
    static let longest = Duration.seconds(60)
    /// How much later than others of its age a job may be committed and be found at once.
    static let slack = Duration.milliseconds(25)

    private var marks: [Place: Moment] = [:]
    /// When the next look from the beginning is due; nil while they are light.
    private var look: ContinuousClock.Instant?

    /// Where to begin in each place.
    func since(_ places: [Place], at instant: ContinuousClock.Instant) -> [Moment] {
        guard let look, instant < look else { return places.map { _ in Self.beginning } }
        return places.map { marks[$0] ?? Self.beginning }
    }

    /// Notes what a claim has seen.
    ///
    /// - Parameters:
    ///   - scan: how long the server looked.
    ///   - instant: when the claim was made.
    mutating func note(
        _ claim: Claim, claimed: [ClaimedJob], scan: Duration, at instant: ContinuousClock.Instant
    ) {
        guard let first = claimed.first else { return }
        if look.map({ instant >= $0 }) ?? true {
            look = scan > Self.light ? instant + min(scan * Self.share, Self.longest) : nil
        }
        guard look != nil else { return marks.removeAll() }
        // One that had room for more has seen everything that was due.
        if claimed.count < claim.limit {
            for (place, wait) in zip(claim.places, claim.waits) { marks[place] = first.claimedAt - wait - Self.slack }
        } else {
            for job in claimed {
                let place = Place(lane: job.lane, priority: job.priority)
                marks[place] = max(marks[place] ?? job.due, job.due)
            }
        }
    }
}
