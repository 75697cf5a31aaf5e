import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import Jobs

/// What each kind of role needs, as the documentation of the queue says it. None of them owns anything.
@Suite("The rights that the queue needs", .database(template: .queue), .timeLimit(.minutes(5)))
struct GrantsTests {
    private let enqueuer = """
        grant usage on schema jobs to ROLE;
        grant select, insert on jobs.lane to ROLE;
        grant select, insert, update on jobs.key to ROLE;
        grant select, insert on jobs.job to ROLE;
        grant select, insert, update on jobs.once to ROLE;
        """
    private let worker = """
        grant usage on schema jobs to ROLE;
        grant select, insert on jobs.lane to ROLE;
        grant select, insert, update, delete on jobs.key, jobs.job, jobs.worker, jobs.finished to ROLE;
        grant select on jobs.pause to ROLE;
        grant select, update on jobs.limits to ROLE;
        grant select, insert, update on jobs.schedule to ROLE;
        grant select on jobs.spill to ROLE;
        grant select, insert, update, delete on jobs.start to ROLE;
        grant select, insert, update, delete on jobs.once to ROLE;
        """
    private let administrator = """
        grant usage on schema jobs to ROLE;
        grant select on jobs.lane, jobs.worker to ROLE;
        grant select, insert, update, delete on jobs.key, jobs.job to ROLE;
        grant select, insert on jobs.finished to ROLE;
        grant select, insert, delete on jobs.pause to ROLE;
        grant select, insert, update, delete on jobs.limits to ROLE;
        grant select, insert, update, delete on jobs.start to ROLE;
        """

    /// Runs `body` with a pool of a role that has these rights and no others.
    private func with(_ grants: String, _ body: (Database) async throws -> Void) async throws {
        let own = try TestDatabase.own
        let name = try await own.database.first("select current_database()", as: String.self) ?? ""
        let role = "role_of_\(name)"
        try await own.database.run(script: "create role \(role) login")
        try await own.database.run(script: grants.replacing("ROLE", with: role))
        let database = own.open(as: role)
        do { try await body(database) } catch {
            await database.close()
            throw error
        }
        await database.close()
        try await own.database.run(script: "drop owned by \(role); drop role \(role)")
    }

    @Test("Who leaves jobs writes lanes, keys and jobs, and finishes none")
    func enqueuing() async throws {
        try await with(enqueuer) { database in
            _ = try await database.transaction { try await $0.enqueue(Note(number: 1), key: "a", unique: "x") }
            _ = try await database.transaction { try await $0.enqueue(Note(number: 2), key: "a", unique: "x") }
            _ = try await database.transaction { try await $0.enqueue(contentsOf: [Note(number: 3)], site: "OSL") }
            for span in [JobUnique<Note>.Span.waiting, .unfinished, .period(.seconds(60))] {
                let leaving = try await database.transaction {
                    try await $0.enqueue(contentsOf: [Note(number: 4)], unique: .by(for: span) { ["\($0.number)"] })
                }
                #expect(leaving.first?.id != nil)
            }
            await #expect(throws: DatabaseError.self) { try await database.run("delete from jobs.job") }
        }
    }

    @Test("Who works also settles, keeps a lease, rescues and tidies up")
    func working() async throws {
        try await with(worker) { database in
            let queue = TestQueue(database: database)
            let id = try await queue.leave(Note(number: 1), key: "a")
            let worker = try await queue.register()
            let job = try #require(try await queue.claim(as: worker).first)
            #expect(job.id == id)
            #expect(try await queue.settle(job, .returned))
            let again = try #require(try await queue.claim(as: worker).first)
            try await queue.context(of: again).complete { _ in }
            let after = TestQueue.start + TestQueue.lease
            #expect(try await queue.rescue(at: after).workers == ["test"])
            let maintenance = JobMaintenance(
                database: database, settings: JobWorkerSettings(name: "test"), metrics: JobMetrics(Metrics()),
                log: .silent)
            try await maintenance.promoteStranded()
            try await maintenance.forgetFinished()
        }
    }

    @Test("An operator reads everything, tries again and cancels")
    func operating() async throws {
        let queue = try TestQueue()
        let first = try #require(try await queue.leave(Note(number: 1), key: "a"))
        let second = try #require(try await queue.leave(Note(number: 2)))
        let own = try await queue.register()
        for job in try await queue.claim(as: own) { try await queue.settle(job, .dead(reason: "x")) }
        try await with(administrator) { database in
            let ledger = JobLedger(database)
            #expect(try await ledger.stats().map(\.dead) == [2])
            #expect(try await ledger.list(.dead).jobs.count == 2)
            #expect(try await ledger.list(.done).jobs.isEmpty)
            _ = try await ledger.workers()
            try await ledger.retry(first)
            try await ledger.cancel(second, because: "x")
            #expect(try await ledger.show(second)?.state == .cancelled)
            try await ledger.pause(queue: "notes")
            #expect(try await ledger.resume().count == 1)
            try await ledger.limit("notes", atOnce: 1)
            #expect(try await ledger.endLimit("notes"))
        }
    }
}
