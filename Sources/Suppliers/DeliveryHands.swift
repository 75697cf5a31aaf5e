import Moments
import Synchronization

/// Which suppliers a worker's deliveries are at. A worker has so many of them under way at a time: no supplier may hold
/// more than half of these, and one whose system does not answer only a few.
final class DeliveryHands: Sendable {
    /// Since when each delivery that is under way is.
    private let held = Mutex<[String: [Moment]]>([:])
    private let most: Int

    /// A delivery that takes longer makes its supplier a slow one.
    static let patience = Duration.seconds(4)
    /// How many a supplier holds whose system is slow.
    static let mostOfSlow = 4

    /// - Parameter count: how many deliveries the worker has under way at the most.
    init(_ count: Int) { most = max(1, count / 2) }

    /// Counts a delivery as begun, unless the supplier has enough of them.
    ///
    /// - Returns: how long to wait before trying again; nil where the delivery has begun.
    func take(for supplier: String, at now: Moment) -> Duration? {
        held.withLock { held in
            let begun = held[supplier] ?? []
            let isSlow = begun.contains { now.duration(since: $0) > Self.patience }
            if isSlow, begun.count >= Self.mostOfSlow { return .seconds(5) }
            if begun.count >= most { return .milliseconds(250) }
            held[supplier] = begun + [now]
            return nil
        }
    }

    /// Counts a delivery as ended.
    func giveBack(_ supplier: String, since begun: Moment) {
        held.withLock { held in
            guard let place = held[supplier]?.firstIndex(of: begun) else { return }
            held[supplier]?.remove(at: place)
            if held[supplier]?.isEmpty ?? false { held[supplier] = nil }
        }
    }
}
