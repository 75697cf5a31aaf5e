import Runtime
import Sockets

/// Whether the request in hand counts among those at work, and how many of its tasks wait for the client.
struct WorkCount {
    fileprivate var share: Load.Share?
    fileprivate var pauses = 0
    fileprivate var isStandingBy = false
}

extension ServerConnection {
    /// Counts a request in. False if too many are worked on; then it is not counted.
    func beginWork(_ share: Load.Share) -> Bool {
        guard context.load.admit(share) else { return false }
        work = WorkCount(share: share)
        return true
    }

    /// Counts the request out, if it was counted in: what is left to do is for the client, who takes its answer.
    func endWork() {
        if work.pauses == 0, let share = work.share { context.load.end(share) }
        work.share = nil
    }

    /// Notes that the client is waited for. A place among the requests at work is given up meanwhile: who is slow must
    /// not hold it against others.
    func pause(for wait: Caller.Wait) {
        caller.wait(for: wait)
        work.pauses += 1
        if work.pauses == 1, let share = work.share { context.load.end(share) }
    }

    /// Notes that the work goes on; it has its place at once, even if there are too many for a moment.
    func resume() {
        work.pauses -= 1
        guard work.pauses == 0 else { return }
        caller.wait(for: work.isStandingBy ? .next : .nothing)
        if let share = work.share { context.load.begin(share) }
    }

    /// Notes that the endpoint waits for something to tell its client: it has no place among the requests at work, and
    /// if others need the connection, it is like one between two requests.
    func standBy() {
        guard stream.loop.isCurrent else { return stream.loop.execute { [self] in standBy() } }
        endWork()
        work.isStandingBy = true
        if work.pauses == 0 { caller.wait(for: .next) }
    }
}
