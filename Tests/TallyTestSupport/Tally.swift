import Synchronization

/// What happened in a test, noted from any thread in the order it happened, and a way to wait until so much has.
public final class Tally<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    public init() {}

    public var elements: [Element] { state.withLock(\.elements) }

    /// Notes an element and tells how many there are now.
    @discardableResult
    public func note(_ element: Element) -> Int {
        let (count, content) = state.withLock { state in
            state.elements.append(element)
            let count = state.elements.count
            defer { state.waiters.removeAll { $0.count <= count } }
            return (count, state.waiters.filter { $0.count <= count })
        }
        for waiter in content { waiter.continuation.resume() }
        return count
    }

    /// Returns when so many have been noted.
    public func reaches(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.elements.count < count else { return true }
                state.waiters.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
