import Desk
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import DeskStore

@Suite("Sweeping what has had its time", .database(template: TestDesk.template))
struct SweepingTests {
    private static let now = TestDesk.monday

    /// A row of each kind for every hour of the last days; sessions are those that end in that hour.
    private func fill(hours: Int) async throws {
        let kari = try await TestDesk().person("kari.nordmann")
        let database = try TestDatabase.current
        let ages: SQL = "generate_series(0, \(hours) - 1) n"
        try await database.run(
            """
            insert into idempotency (principal, key, fingerprint, status, body, at)
            select 'token:1', n::text, '', 200, '', \(Self.now) - interval '1 hour' * n from \(ages)
            """)
        try await database.run(
            """
            insert into throttle (key, hour, count)
            select 'sign-in:' || n, \(Self.now) - interval '1 hour' * n, 1 from \(ages)
            """)
        try await database.run(
            """
            insert into session (digest, person, created_at, seen_at, expires_at)
            select int4send(n::int), \(kari), \(Self.now) - interval '2 days', \(Self.now) - interval '2 days',
                \(Self.now) - interval '1 hour' * (n - 5)
            from \(ages)
            """)
        try await database.run(
            """
            insert into supplier_session (digest, address, created_at, seen_at, expires_at)
            select int4send(n::int), 'anna@supplier.example', \(Self.now) - interval '2 days',
                \(Self.now) - interval '2 days', \(Self.now) - interval '1 hour' * (n - 5)
            from \(ages)
            """)
        try await database.run(
            """
            insert into supplier_pass (digest, expires_at)
            select int4send(n::int), \(Self.now) - interval '1 hour' * (n - 5) from \(ages)
            """)
    }

    private func count(_ table: String) async throws -> Int {
        try await TestDatabase.current.first("select count(*) from \(identifier: table)", as: Int.self) ?? 0
    }

    @Test("Keys live for a day, counts for their hour and the next, sessions until they expire; the oldest go first")
    func ages() async throws {
        try await fill(hours: 48)
        try await TestDesk.playing("meridian_intake") { gateway in
            #expect(try await gateway.store.sweep(.idempotencyKeys, atMost: 10) == 10)
            let oldest = try await TestDatabase.current.first(
                "select extract(epoch from \(Self.now) - min(at))::int / 3600 from idempotency", as: Int32.self)
            #expect(oldest == 37)
            #expect(try await gateway.store.sweep(.idempotencyKeys, atMost: 500) == 13)
            #expect(try await gateway.store.sweep(.throttleCounts, atMost: 500) == 45)
            for leftover in [Leftover.sessions, .supplierSessions, .supplierPasses] {
                #expect(try await gateway.store.sweep(leftover, atMost: 500) == 42, "\(leftover)")
            }
            for leftover in Leftover.allCases {
                #expect(try await gateway.store.sweep(leftover, atMost: 500) == 0)
            }
            gateway.time.advance(by: .seconds(1))
            for leftover in Leftover.allCases {
                #expect(try await gateway.store.sweep(leftover, atMost: 500) == 1, "what was just in time is over")
            }
        }
        #expect(try await count("idempotency") == 24)
        #expect(try await count("throttle") == 2)
        #expect(try await count("session") == 5)
    }

    @Test("Copies that sweep at the same time share the rows, and none waits for a row that is in use")
    func together() async throws {
        try await fill(hours: 400)
        let store = try TestDesk().store
        try await TestDatabase.current.transaction { (transaction: borrowing Transaction) in
            try await transaction.run("select from idempotency where key = '399' for update")
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var (count, swept) = (0, 0)
                        repeat {
                            swept = try await store.sweep(.idempotencyKeys, atMost: 20)
                            count += swept
                        } while swept > 0
                        return count
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(counts.reduce(0, +) == 400 - 25 - 1, "\(counts)")
        }
        #expect(try await store.sweep(.idempotencyKeys, atMost: 20) == 1)
    }

    @Test("What is over is found along its index under the gateway's role", arguments: Leftover.allCases)
    func plans(leftover: Leftover) async throws {
        try await fill(hours: 20_000)
        try await TestDatabase.current.run(script: "analyze")
        try await TestDesk.playing("meridian_intake") { gateway in
            let removal = leftover.removal(atMost: 500, now: Self.now)
            let plan = try await gateway.store.database.all("explain \(removal)", as: String.self)
                .joined(separator: "\n")
            let index = [
                Leftover.idempotencyKeys: "idempotency_at", .throttleCounts: "throttle_hour",
                .sessions: "session_expiry", .supplierSessions: "supplier_session_expiry",
                .supplierPasses: "supplier_pass_expiry",
            ]
            #expect(plan.contains("Index Scan using \(index[leftover] ?? "?")"), "\(plan)")
            #expect(plan.contains("Tid Scan") && !plan.contains("Seq Scan"), "\(plan)")
        }
    }
}
