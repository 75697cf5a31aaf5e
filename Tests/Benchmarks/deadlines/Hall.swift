import BenchmarkSupport
import Desk
import DeskSchema
import DeskStore
import Foundation
import JSON
import Jobs
import Moments
import Postgres
import Routing
import Runtime
import TimeZones

/// A desk with many tickets, and the watches over their deadlines.
final class Hall: Sendable {
    let store: DeskStore
    let loops: EventLoopGroup
    let database: Database
    let copies: Int

    /// How many tickets the others are copied from, and how far apart the keys of their copies are.
    static let templates = 100
    static let step = 1000

    var tickets: Int { copies * Self.templates }
    var now: Moment { store.timekeeper.now }

    private init(_ store: DeskStore, _ database: Database, _ loops: EventLoopGroup, copies: Int) {
        (self.store, self.database, self.loops, self.copies) = (store, database, loops, copies)
    }

    static func open(_ cluster: BenchmarkCluster, tickets: Int) async throws -> Hall {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        var configuration = DatabaseConfiguration(connection)
        configuration.poolSize = 12
        let loops = EventLoopGroup(count: 2)
        let database = Database(configuration, loops: loops)
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        let zones = TimeZones()
        let store = DeskStore(database, timekeeper: SystemTime(), zones: zones)
        // Tests/Benchmarks/deadlines/Hall.swift is four steps below the root.
        let root = (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let document = root.appending(path: "Deploy/example/organisation.json")
        let organisation = try Organisation(json: JSON.parse(String(contentsOf: document, encoding: .utf8))) {
            try zones.zone($0)
        }
        _ = try await store.apply(organisation, by: "the benchmark")
        try await database.run("select make_event_partition(current_date)")
        let hall = Hall(store, database, loops, copies: tickets / templates)
        try await hall.acceptTemplates()
        return hall
    }

    func close() async { await database.close() }

    private func acceptTemplates() async throws {
        let directory = try await store.directory()
        let sites = directory.organisation.sites.map(\.code)
        for number in 0..<Self.templates {
            _ = try await store.accept(
                Submission(
                    from: Contact(address: "person\(number)@customer.example", language: "en"),
                    subject: "About the printer \(number)", text: "It does not print.", channel: .web,
                    site: directory.sites[sites[number % sites.count]]))
        }
        try await database.run("delete from jobs.job")
    }

    /// Copies the tickets, arms further clocks until there are so many, and leaves so many jobs that nobody takes.
    func fill(clocks: Int, jobs: Int) async throws {
        for first in stride(from: 1, through: copies, by: 100) {
            let numbers: SQL = "generate_series(\(first), \(min(first + 99, copies))) n"
            try await quickly(
                TicketCopies.statements(numbers, step: Self.step, templates: Self.templates, isClosed: false))
        }
        let there = try await database.first("select count(*) from clock", as: Int.self) ?? 0
        let missing = max(0, clocks - there)
        let (first, far) = (1_000_000_000, now + .seconds(90 * 86_400))
        for start in stride(from: 0, to: missing, by: 100_000) {
            let numbers: SQL = "generate_series(\(start), \(min(start + 100_000, missing) - 1)) n"
            try await quickly([
                """
                insert into clock (id, ticket, episode, measure, subject, round_at, seconds, calendar, pauses,
                    warning_percent, state, started_at, due_at)
                select \(first) + n, (1 + n % \(copies)) * \(Self.step) + 1 + n % \(Self.templates), 1, 'update',
                    'ticket', now() + n * interval '1 millisecond', 36000, 'holder', '{}', 75, 'running', now(), \(far)
                from \(numbers)
                """,
                """
                insert into deadline (clock, kind, percent, due_at)
                select \(first) + n, 'breach', 0, \(far)::timestamptz + n * interval '1 second' from \(numbers)
                """,
            ])
        }
        try await leave(jobs)
        try await database.run(script: "analyze; checkpoint")
    }

    /// Half of them are ready in a lane that nobody serves, half are for another day in the lane of the mail.
    private func leave(_ jobs: Int) async throws {
        try await quickly([
            """
            insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
            select jobs.lane('supplier', ''), 'bench.wait', '{}', n % 4, 'ready', now(), 12, now()
            from generate_series(1, \(jobs / 2)) n
            """,
            """
            insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
            select jobs.lane('mail', ''), 'letter.send', '{"letter":0}', n % 4, 'ready', now() + interval '1 day', 12,
                now()
            from generate_series(1, \(jobs / 2)) n
            """,
        ])
    }

    /// Rows that are right already are written without asking for what they point at.
    private func quickly(_ statements: [SQL]) async throws {
        try await database.transaction(
            settings: [("session_replication_role", "replica"), ("synchronous_commit", "off")]
        ) { (transaction: borrowing Transaction) in
            for statement in statements { transaction.later(statement) }
        }
    }

    /// Removes what earlier storms left: letters that wait.
    func forget() async throws {
        try await database.run("delete from jobs.job where kind = 'letter.send' and due < now() + interval '1 hour'")
        try await database.run(script: "vacuum (analyze) jobs.job")
        try await database.run(script: "checkpoint")
    }

    func armed() async throws -> Int {
        try await database.first("select count(*) from deadline where fired_at is null", as: Int.self) ?? 0
    }

    /// Arms a warning of so many tickets anew, spread over a time.
    func makeDue(_ count: Int, from first: Int, over seconds: Double, at begin: Moment) async throws {
        try await database.run(
            """
            update deadline d set fired_at = null,
                due_at = \(begin)::timestamptz
                    + (x.place - 1) * interval '1 microsecond' * \(seconds * 1e6 / Double(count))
            from (select t.id, row_number() over (order by t.id % \(Self.step), t.id) as place
                from ticket t where t.id > \(Self.step) order by 2 limit \(count) offset \(first)) x
            join clock c on c.ticket = x.id and c.measure = 'resolution'
            where d.clock = c.id and d.kind = 'warning'
            """)
    }
}
