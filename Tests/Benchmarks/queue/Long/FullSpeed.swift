import BenchmarkSupport
import Jobs
import Postgres
import Runtime

/// A worker process that always has about a thousand jobs before it, as `Hall.drain` has it but without an end.
struct FullSpeed {
    let hall: Hall

    /// How many wait, at least, when more are left.
    private static let backlog: Int64 = 1000

    /// - Returns: jobs a second in each slice of so long.
    func rates(slices: Int, of length: Duration) async throws -> [Double] {
        try await hall.empty()
        let worker = try MeasuredWorker.start(hall.connection, width: 100)
        defer { worker.stop() }
        // One leaves them and one does them, so their numbers say how many were left and done.
        var left: Int64 = 0
        var done = try await ended(before: try await leave())
        var rates: [Double] = []
        for _ in 0..<slices {
            let (begun, before) = (ContinuousClock.now, done)
            while ContinuousClock.now - begun < length {
                if left - done < Self.backlog { left = try await leave() }
                done = try await ended(before: done)
            }
            rates.append(Double(done - before) / ((ContinuousClock.now - begun) / .seconds(1)))
        }
        while try await hall.database.first("select exists (select from jobs.job)", as: Bool.self) == true {
            try await SystemTime().wait(for: .milliseconds(50))
        }
        return rates
    }

    /// Leaves a thousand; answers the number of the last.
    private func leave() async throws -> Int64 {
        let jobs = (0..<1000).map(Nothing.init)
        let last = try await hall.database.transaction { try await $0.enqueue(contentsOf: jobs).last }
        guard let last else { throw BenchmarkFault("no job was left") }
        return last.rawValue
    }

    /// The number of the last job that has ended; the other one while none has.
    private func ended(before other: Int64) async throws -> Int64 {
        try await hall.database.first("select coalesce(max(id), \(other)) from jobs.finished", as: Int64.self) ?? other
    }
}
