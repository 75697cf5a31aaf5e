import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import Jobs

@Suite("The queue's maintenance", .database(template: .queue), .timeLimit(.minutes(5)))
struct JobMaintenanceTests {
    private let queue: TestQueue

    init() throws {
        queue = try TestQueue()
    }

    private func maintenance(at now: Moment) -> JobMaintenance {
        var settings = JobWorkerSettings(name: "test")
        settings.now = { now }
        settings.retention = .seconds(100)
        return JobMaintenance(
            database: queue.database, settings: settings, metrics: JobMetrics(Metrics()), log: .silent)
    }

    @Test("What finished is forgotten after the time it is to be remembered, and not before")
    func retention() async throws {
        let worker = try await queue.register()
        for number in 1...3 { try await queue.leave(Note(number: number)) }
        for (place, job) in try await queue.claim(as: worker).enumerated() {
            try await queue.settle(job, .finished(.done, reason: nil), at: TestQueue.start + .seconds(place))
        }
        func left(at now: Moment) async throws -> Int? {
            try await maintenance(at: now).forgetFinished()
            return try await queue.database.first("select count(*) from jobs.finished", as: Int.self)
        }
        #expect(try await left(at: TestQueue.start + .seconds(100)) == 3)
        #expect(try await left(at: TestQueue.start + .seconds(101)) == 2)
        #expect(try await left(at: TestQueue.start + .seconds(1000)) == 0)
    }

    @Test("A key whose first job waits for nobody is helped")
    func stranded() async throws {
        for number in 1...2 { try await queue.leave(Note(number: number), key: "a") }
        try await queue.database.run("delete from jobs.job where state = 'ready'")
        #expect(try await queue.states() == ["behind"])
        try await maintenance(at: TestQueue.start).promoteStranded()
        #expect(try await queue.states() == ["ready"])
    }
}
