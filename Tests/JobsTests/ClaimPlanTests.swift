import Foundation
import Moments
import PostgresTestSupport
import Testing

@testable import Jobs
@testable import Postgres

@Suite("The plan of the claim", .database(template: .queue), .timeLimit(.minutes(1)))
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

    @Test("A generic plan made for an empty table reads as many jobs as it claims", arguments: [1, 100])
    func genericPlan(limit: Int) async throws {
        let worker = try await queue.register(at: TestQueue.start)
        try await queue.leave(Note(number: 1), site: "OSL")
        let claim = queue.claim(as: worker, limit: limit, at: TestQueue.start, lanes: try await queue.lanes())
        let plan = try await queue.database.session { session in
            try await session.transaction { transaction in
                try await transaction.run("set local plan_cache_mode = force_generic_plan")
                _ = try await transaction.pipeline([claim.statements[0]])
                try await transaction.run(script: "prepare claim as \(claim.statement.text)")
                let call = Self.call(of: claim)
                // Planned and kept while there is nothing.
                try await transaction.run(script: "explain \(call)")
                try await fill(transaction)
                return try await transaction.all(
                    SQL(trusted: "explain (analyze, buffers, format json) \(call)"), as: JSONText.self)
            }
        }
        let text = try #require(plan.first?.text)
        #expect(!text.contains("Seq Scan"), "\(text)")
        #expect(!text.contains("\"Sort\""), "\(text)")
        #expect(!text.contains("Bitmap"), "\(text)")
        #expect(text.contains("job_ready"), "\(text)")
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        let node = try #require(root.first?["Plan"] as? [String: Any])
        #expect(node["Actual Rows"] as? Int == limit, "\(text)")
        let hits = (node["Shared Hit Blocks"] as? Int ?? 0) + (node["Shared Read Blocks"] as? Int ?? 0)
        // Finding, locking and writing a job and its index entries: a constant for each, and some for the descent.
        #expect(hits < 60 + 25 * limit, "\(hits) buffers: \(text)")
    }

    /// `execute claim(…)` with the claim's own values, in the order in which its text has them.
    private static func call(of claim: Claim) -> String {
        let lanes = claim.lanes.map(String.init).joined(separator: ",")
        let priorities = claim.priorities.map { String($0.rawValue) }.joined(separator: ",")
        let worker = "'\(claim.worker)'"
        let values = [
            "'\(TestQueue.start)'", worker, "'{\(lanes)}'", "'{\(priorities)}'", "'{test.note}'", "\(claim.limit)",
            "\(claim.limit)", "77", worker,
        ]
        return "execute claim(\(values.joined(separator: ", ")))"
    }
}
