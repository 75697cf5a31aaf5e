/// How many jobs a queue claims beyond those it can begin at once, so that nobody waits for the database.
///
/// As many as end in the time of three exchanges: next to none where the database is near or jobs take long, and
/// hundreds where it is far and they do not. What is held in reserve here is not done elsewhere meanwhile, so it is no
/// more.
struct Reserve {
    /// At least so many, as the worker's settings say.
    let least: Int
    /// However fast jobs end, so that what a dead worker leaves to its lease is bounded.
    static let most = 1000

    private(set) var size: Int
    private var perSecond = 0.0
    private var since: ContinuousClock.Instant?

    init(least: Int) { (self.least, size) = (least, least) }

    /// Notes an exchange.
    ///
    /// - Parameter ended: how many jobs had ended since the one before.
    mutating func note(ended: Int, from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) {
        defer { since = start }
        guard let since, start > since else { return }
        let rate = Double(ended) / ((start - since) / .seconds(1))
        // Of several exchanges, so that one that found nothing does not empty the reserve.
        perSecond += (rate - perSecond) / 4
        // Claims bring half of it: one and a half exchanges' worth, so that claims keep up though there is a while
        // between an answer and the next question, and one that is late finds some left.
        let needed = Int(3 * perSecond * ((end - start) / .seconds(1)))
        // It shrinks by little at a time: what was claimed by the former measure must leave room for the next claim.
        size = min(max(least, needed, size * 15 / 16), Self.most)
    }

    /// How many jobs to claim. A claim costs about the same for one job as for many, so those in reserve are used up by
    /// half first; and where there are many, a claim brings half of them, so that while these are run the others are
    /// claimed.
    ///
    /// - Parameters:
    ///   - concurrency: how many can be run at once.
    ///   - waiting: how many were claimed and have not been begun.
    func room(concurrency: Int, running: Int, waiting: Int) -> Int {
        let room = concurrency + size - running - waiting
        guard room > size / 2 || waiting == 0 else { return 0 }
        return max(min(room, max(concurrency + least, (concurrency + size) / 2)), 0)
    }
}
