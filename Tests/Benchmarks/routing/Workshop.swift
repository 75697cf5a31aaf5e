import BenchmarkSupport
import Desk
import DeskSchema
import DeskStore
import Jobs
import Moments
import Postgres
import Routing
import Runtime
import TimeZones

/// A desk with tickets to route, and one worker that routes them.
final class Workshop: Sendable {
    let store: DeskStore
    private let database: Database

    /// How many tickets the others are copied from.
    static let templates = 100
    /// How often they are copied for each run of the worker.
    static let copies = 20
    /// How many jobs the worker runs at a time, and clients the floor has.
    static let width = 16

    private init(_ store: DeskStore, _ database: Database) { (self.store, self.database) = (store, database) }

    static func open(_ cluster: BenchmarkCluster) async throws -> Workshop {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        var configuration = DatabaseConfiguration(connection)
        configuration.poolSize = width + 4
        let database = Database(configuration, loops: EventLoopGroup(count: 2))
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        let zones = TimeZones()
        let store = DeskStore(database, timekeeper: SystemTime(), zones: zones)
        _ = try await store.apply(try LargeOrganisation.make(zones), by: "the benchmark")
        try await database.run("select make_event_partition(current_date)")
        let workshop = Workshop(store, database)
        try await workshop.acceptTemplates()
        return workshop
    }

    func close() async { await database.close() }

    private func acceptTemplates() async throws {
        let directory = try await store.directory()
        for number in 0..<Self.templates {
            let code = LargeOrganisation.sites[number % LargeOrganisation.sites.count]
            // Some words that rules look for, and such a text as people write around them.
            let text = (0..<80).map { "word\(($0 * 31 + number) % 997)" }.joined(separator: " ")
            _ = try await store.accept(
                Submission(
                    from: Contact(address: "person\(number)@customer.example", language: "en"),
                    subject: "About \(LargeOrganisation.word(number * 7 % 440))", text: text, channel: .web,
                    site: directory.sites[code]))
        }
        try await database.run("delete from jobs.job")
    }

    /// Copies the templates so often, under keys from `from` on; `isClosed` makes old tickets of them.
    func copy(_ times: Int, from: Int, isClosed: Bool) async throws {
        let step = 1000
        for first in stride(from: from, to: from + times, by: 200) {
            let copies: SQL = "generate_series(\(first), \(min(first + 200, from + times) - 1)) n"
            try await database.transaction { (transaction: borrowing Transaction) in
                for sql in TicketCopies.statements(copies, step: step, templates: Self.templates, isClosed: isClosed) {
                    transaction.later(sql)
                }
            }
        }
    }

    /// Makes tickets of so many copies wait to be routed.
    func enqueue(_ times: Int, from: Int) async throws -> Int {
        let tickets = try await database.all(
            """
            select id from ticket where id >= \(from * 1000) and id < \((from + times) * 1000) and state = 'new'
            """, as: TicketID.self)
        try await database.transaction { (transaction: borrowing Transaction) in
            _ = try await transaction.enqueue(contentsOf: tickets.map { RouteTicket(ticket: $0) })
        }
        return tickets.count
    }

    /// Routes all that waits; answers with how long it took.
    func drain() async throws -> Duration {
        var settings = JobWorkerSettings(name: "benchmark")
        settings.queues = ["routing"]
        settings.concurrency = Self.width
        settings.prefetch = 2 * Self.width
        let worker = JobWorker(
            JobRegistry([RouteTicketHandler(store).handler]), database: database, settings: settings)
        let (stop, clock) = (StopSignal(), ContinuousClock())
        let start = clock.now
        var end = start
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run(until: stop) }
            while try await database.first(
                "select exists (select from jobs.job where kind = 'ticket.route')", as: Bool.self) == true
            {
                try await store.timekeeper.wait(for: .milliseconds(10))
            }
            end = clock.now
            stop.raise()
            try await group.waitForAll()
        }
        return end - start
    }
}
