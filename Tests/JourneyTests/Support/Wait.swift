import PostgresTestSupport
import Runtime

/// Waits until `look` sees something, by looking again and again.
///
/// - Throws: `HarnessFault` with `what` when it does not come to be within `limit`; whatever `look` throws.
func until<Seen>(
    _ what: @autoclosure () -> String, within limit: Duration = .seconds(40), look: () async throws -> Seen?
) async throws -> Seen {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if let seen = try await look() { return seen }
        try await TestDatabase.loops.next().sleep(for: .milliseconds(15))
    }
    throw HarnessFault("This did not come to be within \(limit): \(what())")
}
