import Synchronization

/// Notifications that wait to be sent. Those that gather while others are on their way go together.
final class Outbox: Sendable {
    private struct State {
        var waiting: Set<Notification> = []
        var isServed = false
        /// Who waits for the end of it.
        var callers: [UnsafeContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Puts notifications in. True if the caller is to send them: to ``take()`` until there is nothing left.
    func put(_ news: Set<Notification>) -> Bool {
        guard !news.isEmpty else { return false }
        return state.withLock { state in
            state.waiting.formUnion(news)
            defer { state.isServed = true }
            return !state.isServed
        }
    }

    /// All that is to be sent next; nil when there is nothing, and then the sender is done.
    func take() -> Set<Notification>? {
        let (news, callers) = state.withLock { state in
            guard state.waiting.isEmpty else {
                defer { state.waiting = [] }
                return (state.waiting as Set?, [] as [UnsafeContinuation<Void, Never>])
            }
            defer { state.callers = [] }
            state.isServed = false
            return (nil, state.callers)
        }
        for caller in callers { caller.resume() }
        return news
    }

    /// Whether somebody waits until all is sent.
    var isWaitedFor: Bool { state.withLock { !$0.callers.isEmpty } }

    /// Returns when nothing waits and nothing is on its way.
    func untilEmpty() async {
        await withUnsafeContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.isServed { state.callers.append(continuation) }
                return !state.isServed
            }
            if isEmpty { continuation.resume() }
        }
    }
}
