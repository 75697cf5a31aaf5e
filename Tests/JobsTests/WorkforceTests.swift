import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

@Suite("How many workers there are for a lane", .database(template: .queue), .timeLimit(.minutes(5)))
struct WorkforceTests {
    @Test("those whose lease holds, of its queue, and of its site or of all")
    func serving() async throws {
        let queue = try TestQueue()
        try await queue.leave(Note(number: 1), site: "OSL")
        try await queue.leave(Note(number: 2))
        try await queue.leave(Hurry(), site: "OSL")
        for sites in [nil, ["OSL"], ["OSL"], ["OSL", "AMS"], ["AMS"]] { _ = try await queue.register(sites: sites) }
        let directory = LaneDirectory(sites: nil)
        func count(at now: Moment) async throws -> [String: Int] {
            try await directory.refresh(from: queue.database, now: now)
            let lanes = (directory.lanes(of: "notes") + directory.lanes(of: "hurry")).compactMap(directory.lane)
            return Dictionary(
                uniqueKeysWithValues: lanes.map { ("\($0.queue) \($0.site ?? "-")", directory.workers(serving: $0)) })
        }
        #expect(try await count(at: TestQueue.start) == ["notes OSL": 4, "notes -": 5, "hurry OSL": 0])
        let over = TestQueue.start + TestQueue.lease
        #expect(try await count(at: over) == ["notes OSL": 0, "notes -": 0, "hurry OSL": 0])
    }
}
