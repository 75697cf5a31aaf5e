import Desk
import DeskStore
import Moments
import Runtime

extension Doctor {
    /// How many are named one by one.
    private static let named = 5

    /// Whether deadlines could not be told and are set aside.
    func deadlines() async throws -> String {
        let some = try await store.deadlinesSetAside(limit: Self.named + 1)
        if some.isEmpty { return "none is set aside" }
        let told = some.prefix(Self.named).map { deadline in
            "\(deadline.ticket) (\(deadline.measure), due \(deadline.dueAt.rfc3339), tried \(deadline.failures) times, "
                + "next at \(deadline.retryAt.rfc3339): \(deadline.fault))"
        }
        let more = some.count > Self.named ? " and more" : ""
        throw Trouble("could not be told and are set aside: \(told.joined(separator: "; "))\(more)")
    }
}
