import BenchmarkSupport
import Postgres
import Runtime

/// How long a notification is on its way, from the statement that sends it to whoever listens.
struct Telling: Sendable {
    let database: Database
    let loop: EventLoop

    /// The times of so many notifications that are sent one after the other, in milliseconds.
    func times(_ count: Int) async throws -> [Double] {
        try await loop.run { try await measure(count) }
    }

    private func measure(_ count: Int) async throws -> [Double] {
        var events = database.notifications(on: "bench").makeAsyncIterator()
        guard await events.next() == .connected else { throw BenchmarkFault("listening is not possible") }
        var times: [Double] = []
        for number in 0..<count {
            let begun = ContinuousClock.now
            async let sent = database.run("select pg_notify('bench', \("\(number)"))")
            guard await events.next() == .notification(channel: "bench", payload: "\(number)") else {
                throw BenchmarkFault("notification \(number) did not come")
            }
            times.append((ContinuousClock.now - begun) / .milliseconds(1))
            _ = try await sent
        }
        return times
    }
}
