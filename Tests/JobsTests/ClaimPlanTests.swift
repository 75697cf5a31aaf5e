import Foundation
import Moments
import PostgresTestSupport
import Testing

@testable import Jobs
@testable import Postgres

@Suite("The plan of the claim", .database(template: .queue), .timeLimit(.minutes(5)))
struct ClaimPlanTests {
    private let queue: TestQueue

    init() throws {
        queue = try TestQueue()
    }

    /// Fills the queue behind the back of the statistics: much that is due, much that is not, much that has died.
    private func fill(_ transaction: borrowing Transaction) async throws {
        try await transaction.run(
            script: """
                insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at,
                    died_at)
                select jobs.lane('notes', 'OSL'), 'test.note', '{}', 1, state,
                    timestamptz '2026-09-21 14:13:20Z' + due, 3, now(), case state when 'dead' then now() end
                from (values ('ready', interval '-1 hour'), ('ready', '1 hour'), ('dead', '0')) row (state, due),
                    generate_series(1, 10000)
                """)
    }

    @Test(
        "A generic plan made for an empty table reads as many jobs as it claims, whatever else is paused",
        arguments: [1, 100], [true, false])
    func genericPlan(limit: Int, isOtherPaused: Bool) async throws {
        if isOtherPaused { try await queue.ledger().pause(queue: "hurry") }
        let worker = try await queue.register(at: TestQueue.start)
        try await queue.leave(Note(number: 1), site: "OSL")
        let claim = queue.claim(as: worker, limit: limit, at: TestQueue.start, lanes: try await queue.lanes())
        let (text, rows, hits) = try await plan(of: claim.statement, calledBy: Self.call(of: claim))
        #expect(!text.contains("Seq Scan"), "\(text)")
        #expect(!text.contains("\"Sort\""), "\(text)")
        #expect(!text.contains("Bitmap"), "\(text)")
        #expect(text.contains("job_ready"), "\(text)")
        #expect(rows == limit, "\(text)")
        // Finding, locking and writing a job and its index entries: a constant for each, and some for the descent.
        #expect(hits < 60 + 25 * limit, "\(hits) buffers: \(text)")
    }

    @Test("What has a limit is claimed along the same index, as many jobs as there is room for", arguments: [1, 100])
    func limited(limit: Int) async throws {
        let worker = try await queue.register(at: TestQueue.start)
        try await queue.leave(Note(number: 1), site: "OSL")
        try await queue.ledger().limit("notes", atOnce: limit)
        let lanes = try await queue.database.all("select id from jobs.lane", as: Int32.self)
        let claim = queue.claim(as: worker, limit: 200, at: TestQueue.start, lanes: lanes)
        let statement = try #require(claim.limited.last)
        let (text, rows, hits) = try await plan(of: statement, calledBy: Self.call(ofLimited: claim))
        #expect(!text.contains("Seq Scan"), "\(text)")
        #expect(text.contains("job_ready"), "\(text)")
        #expect(rows == limit, "\(text)")
        #expect(hits < 150 + 40 * limit, "\(hits) buffers: \(text)")
    }

    @Test("Jobs that are finished together are found by their numbers, whatever the statistics were")
    func finishing() async throws {
        let worker = try await queue.register(at: TestQueue.start)
        for number in 1...100 { try await queue.leave(Note(number: number), site: "OSL") }
        let jobs = try await queue.claim(as: worker, limit: 100)
        let verdicts = jobs.map { Verdict(job: $0, settlement: .finished(.done, reason: nil)) }
        let finish = try #require(Settlement.finish(verdicts, now: TestQueue.start).first)
        let ids = "'{\(jobs.map { "\($0.id)" }.joined(separator: ","))}'"
        let tokens = "'{\(jobs.map { "\($0.token)" }.joined(separator: ","))}'"
        let call = "execute plan(\(ids), \(ids), \(tokens), 'done', '\(TestQueue.start)')"
        let (text, rows, hits) = try await plan(of: finish, calledBy: call)
        #expect(!text.contains("Seq Scan"), "\(text)")
        // Not a join, whose time may grow with the square of their number.
        #expect(!text.contains("Nested Loop"), "\(text)")
        #expect(rows == 100, "\(text)")
        #expect(hits < 60 + 25 * 100, "\(hits) buffers: \(text)")
    }

    @Test("A claim that begins where others have seen everything does not look at what they left behind")
    func marked() async throws {
        let worker = try await queue.register(at: TestQueue.start)
        try await queue.leave(Note(number: 1), site: "OSL")
        var claim = queue.claim(as: worker, limit: 10, at: TestQueue.start, lanes: try await queue.lanes())
        claim.since = claim.lanes.map { _ in TestQueue.start - .seconds(1800) }
        let (text, rows, hits) = try await plan(of: claim.statement, calledBy: Self.call(of: claim))
        // Ten thousand that have been due for an hour lie before the mark, others behind the present.
        #expect(rows == 1, "\(text)")
        #expect(text.contains("job_ready"), "\(text)")
        #expect(hits < 100, "\(hits) buffers: \(text)")
    }

    /// The generic plan of a statement, prepared as `plan` while the queue was as good as empty and performed when it
    /// is not: its text, how many rows it gave, and how many buffers it looked at.
    private func plan(
        of statement: SQL, calledBy call: String
    ) async throws -> (text: String, rows: Int?, hits: Int) {
        let plan = try await queue.database.session { session in
            try await session.transaction { transaction in
                try await transaction.run("set local plan_cache_mode = force_generic_plan")
                _ = try await transaction.pipeline([.alongIndexes])
                try await transaction.run(script: "prepare plan as \(statement.text)")
                // Planned and kept while there is nothing.
                try await transaction.run(script: "explain \(call)")
                try await fill(transaction)
                return try await transaction.all(
                    SQL(trusted: "explain (analyze, buffers, format json) \(call)"), as: JSONText.self)
            }
        }
        let text = try #require(plan.first?.text)
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        let node = try #require(root.first?["Plan"] as? [String: Any])
        let hits = (node["Shared Hit Blocks"] as? Int ?? 0) + (node["Shared Read Blocks"] as? Int ?? 0)
        return (text, node["Actual Rows"] as? Int, hits)
    }

    private static func waits(of claim: Claim) -> String {
        "'{\(claim.waits.map { _ in "0" }.joined(separator: ","))}'"
    }

    private static func since(of claim: Claim) -> String {
        let since = claim.since.isEmpty ? claim.lanes.map { _ in ClaimMarks.beginning } : claim.since
        return "'{\(since.map { "\($0)" }.joined(separator: ","))}'"
    }

    private static func call(ofLimited claim: Claim) -> String {
        let lanes = "'{\(claim.lanes.map(String.init).joined(separator: ","))}'"
        let priorities = "'{\(claim.priorities.map { String($0.rawValue) }.joined(separator: ","))}'"
        let worker = "'\(claim.worker)'"
        let values = [
            "'\(TestQueue.start)'", worker, "\(claim.limit)", lanes, lanes, priorities, waits(of: claim),
            "'{test.note}'", "\(claim.limit)", "77", "77", worker,
        ]
        return "execute plan(\(values.joined(separator: ", ")))"
    }

    /// `execute plan(…)` with the claim's own values, in the order in which its text has them.
    private static func call(of claim: Claim) -> String {
        let lanes = claim.lanes.map(String.init).joined(separator: ",")
        let priorities = claim.priorities.map { String($0.rawValue) }.joined(separator: ",")
        let worker = "'\(claim.worker)'"
        let values = [
            "'\(TestQueue.start)'", worker, "'{\(lanes)}'", "'{\(priorities)}'", waits(of: claim), since(of: claim),
            "'{test.note}'", "\(claim.limit)", "\(claim.limit)", "77", worker,
        ]
        return "execute plan(\(values.joined(separator: ", ")))"
    }
}
