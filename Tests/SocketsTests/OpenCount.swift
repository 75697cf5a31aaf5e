import Synchronization

/// A number that several tasks change.
final class OpenCount: Sendable {
    private let count = Mutex(0)

    /// The number after the change.
    func change(by amount: Int) -> Int {
        count.withLock { count in
            count += amount
            return count
        }
    }
}
