import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

/// What was committed last is lost with a primary that nobody waits to be copied from, claims among it.
@Suite("When a standby takes over that has not got everything", .timeLimit(.minutes(5)))
struct JobsFailoverTests {
    /// - Parameters:
    ///   - before: what is done while the standby still copies; what it answers is handed on.
    ///   - lost: what is done afterwards, on the old primary alone.
    ///   - after: what is done on the one that has taken over.
    private func failOver<Kept, Lost>(
        before: (TestQueue) async throws -> Kept, lost: (TestQueue, Kept) async throws -> Lost,
        after: (TestQueue, Lost) async throws -> Void
    ) async throws {
        try await ServerPair.lend { pair in
            let old = Database(DatabaseConfiguration(pair.connection), loops: TestDatabase.loops)
            _ = try await Migrator(old, migrations: jobsMigrations).migrate(programNumber: .max)
            try await old.run(script: "create table effect (word text)")
            let kept = try await before(TestQueue(database: old))
            try await pair.untilCopied()
            try await pair.separate()
            let lost = try await lost(TestQueue(database: old), kept)
            await old.close()
            await pair.losePrimary()
            try await pair.promote()
            let new = Database(DatabaseConfiguration(pair.connection), loops: TestDatabase.loops)
            try await after(TestQueue(database: new), lost)
            await new.close()
        }
    }

    private func effects(in queue: TestQueue) async throws -> [String] {
        try await queue.database.all("select word from effect", as: String.self)
    }

    /// Has both workers complete their job, the stale one first.
    private func complete(stale: ClaimedJob, live: ClaimedJob, in queue: TestQueue) async throws {
        #expect(live.id == stale.id && live.token != stale.token)
        let (late, own) = (try await queue.context(of: stale), try await queue.context(of: live))
        await #expect(throws: LeaseLost(id: stale.id)) {
            try await late.complete { try await $0.run("insert into effect values ('stale')") }
        }
        #expect(try await effects(in: queue) == [])
        try await own.complete { try await $0.run("insert into effect values ('live')") }
        #expect(try await effects(in: queue) == ["live"])
    }

    @Test("A job whose claim was lost is claimed anew, and who held it before can change nothing")
    func lostClaim() async throws {
        try await failOver { queue in
            try await queue.leave(Note(number: 1))
            return try await queue.register()
        } lost: { queue, worker in
            try #require(try await queue.claim(as: worker).first)
        } after: { queue, stale in
            let live = try #require(try await queue.claim(as: try await queue.register()).first)
            try await complete(stale: stale, live: live, in: queue)
        }
    }

    @Test("A number that is given to a second job, because the first was lost, does not let its worker finish that one")
    func repeatedNumber() async throws {
        try await failOver { queue in
            try await queue.register()
        } lost: { queue, worker in
            try await queue.leave(Note(number: 1))
            return try #require(try await queue.claim(as: worker).first)
        } after: { queue, stale in
            #expect(try await queue.leave(Note(number: 2)) == stale.id, "the sequence has begun again")
            let live = try #require(try await queue.claim(as: try await queue.register()).first)
            try await complete(stale: stale, live: live, in: queue)
        }
    }
}
