import DeskStore
import Moments
import Runtime
import Synchronization

/// Whether the server for outgoing mail takes any, as this process has last found: while it does not, letters are left
/// alone, and whoever looks after the desk is told why.
final class SmarthostOutage: Sendable {
    private struct State {
        /// Until when nothing is tried.
        var end: Moment?
        var failures = 0
        /// Whether trouble may stand written down, by this process or by one before it.
        var mayBeNoted = true
    }

    private let state = Mutex(State())
    private let store: DeskStore
    private let log: Log

    /// The first pause after a failure, and the longest.
    private static let pauses = Backoff(first: .seconds(5), most: .seconds(30))

    init(_ store: DeskStore, log: Log) { (self.store, self.log) = (store, log) }

    /// How long letters are still left alone; nil where mail can be tried.
    var rest: Duration? {
        let now = store.timekeeper.now
        return state.withLock { state in
            state.end.flatMap { $0 > now ? $0.duration(since: now) : nil }
        }
    }

    /// Mail could not go out, for a reason that has nothing to do with the mail.
    func began(because reason: String) async throws {
        let now = store.timekeeper.now
        state.withLock { state in
            state.failures += 1
            state.end = now + Self.pauses.ceiling(afterAttempt: state.failures)
            state.mayBeNoted = true
        }
        log.warning("letters wait for the smarthost", ["reason": .string(reason)])
        try await store.noteSmarthostTrouble(String(reason.prefix(500)))
    }

    /// A server took mail, or refused it for what it was.
    func ended() async throws {
        let mayBeNoted = state.withLock { state in
            defer { state = State(mayBeNoted: false) }
            return state.mayBeNoted
        }
        if mayBeNoted { try await store.noteSmarthostTrouble(nil) }
    }
}
