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
    let database: Database
    private let loops: EventLoopGroup
    private let fresh: Templates
    private let past: Templates

    /// How many tickets the others are copied from.
    static let templates = 100
    /// How many jobs the worker runs at a time, and clients the floor has.
    static let width = 16

    private init(
        _ store: DeskStore, _ database: Database, _ loops: EventLoopGroup, fresh: Templates, past: Templates
    ) {
        (self.store, self.database, self.loops, self.fresh, self.past) = (store, database, loops, fresh, past)
    }

    static func open(_ cluster: BenchmarkCluster) async throws -> Workshop {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        var configuration = DatabaseConfiguration(connection)
        configuration.poolSize = width + 4
        let loops = EventLoopGroup(count: 2)
        let database = Database(configuration, loops: loops)
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        let zones = TimeZones()
        let store = DeskStore(database, timekeeper: SystemTime(), zones: zones)
        _ = try await store.apply(try LargeOrganisation.make(zones), by: "the benchmark")
        try await database.run("select make_event_partition(current_date)")
        try await accept(in: store)
        let fresh = try await Templates(name: "fresh", takingAllFrom: database)
        for ticket in try await accept(in: store) { try await finish(ticket, in: store) }
        let past = try await Templates(name: "past", takingAllFrom: database)
        return Workshop(store, database, loops, fresh: fresh, past: past)
    }

    func close() async { await database.close() }

    @discardableResult
    private static func accept(in store: DeskStore) async throws -> [TicketNumber] {
        let directory = try await store.directory()
        var numbers: [TicketNumber] = []
        for number in 0..<templates {
            let code = LargeOrganisation.sites[number % LargeOrganisation.sites.count]
            // Some words that rules look for, and such a text as people write around them.
            let text = (0..<80).map { "word\(($0 * 31 + number) % 997)" }.joined(separator: " ")
            let accepted = try await store.accept(
                Submission(
                    from: Contact(address: "person\(number)@customer.example", language: "en"),
                    subject: "About \(LargeOrganisation.word(number * 7 % 440))", text: text, channel: .web,
                    site: directory.sites[code]))
            numbers.append(accepted.ticket.number)
        }
        return numbers
    }

    /// The rest of a ticket's life, without an exchange of words.
    private static func finish(_ number: TicketNumber, in store: DeskStore) async throws {
        _ = try await store.routeAgain(number, cause: "the benchmark")
        for event in [Ticket.Event.resolved(.solved, note: nil), .closed] {
            try await store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in event }
        }
    }

    /// Makes so many copies of the templates wait to be routed; answers with how many tickets they are.
    func arrive(_ copies: Range<Int>) async throws -> Int {
        // What earlier rounds left for others.
        try await database.run(script: "truncate jobs.job, jobs.finished, letter cascade")
        try await database.transaction { (transaction: borrowing Transaction) in
            for table in Templates.tables { transaction.later(fresh.copy(copies, into: table)) }
        }
        let (first, end) = (copies.lowerBound * Templates.step, copies.upperBound * Templates.step)
        let tickets = try await database.all(
            """
            select t.id, s.code from ticket t join site s on s.id = t.site where t.id >= \(first) and t.id < \(end)
            """, as: (TicketID, String).self)
        try await database.transaction { (transaction: borrowing Transaction) in
            for (site, own) in Dictionary(grouping: tickets, by: \.1) {
                _ = try await transaction.enqueue(contentsOf: own.map { RouteTicket(ticket: $0.0) }, site: site)
            }
        }
        for script in ["vacuum (analyze) jobs.job", "analyze", "checkpoint"] { try await database.run(script: script) }
        return tickets.count
    }

    /// Writes tickets that were closed long ago.
    func age(_ count: Int, from first: Int) async throws {
        try await OldTickets(templates: past, database: database, perCopy: Self.templates).write(count, from: first)
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
        // As in the program, where each service has a loop.
        async let work: Void = loops.loops[0].run { try await worker.run(until: stop) }
        while try await database.first(
            """
            select exists (select from jobs.job j join jobs.lane l on l.id = j.lane
                    where l.queue = 'routing' and j.state = 'ready')
                or exists (select from jobs.job where state = 'running')
            """, as: Bool.self) == true
        {
            try await store.timekeeper.wait(for: .milliseconds(10))
        }
        end = clock.now
        stop.raise()
        try await work
        return end - start
    }
}
