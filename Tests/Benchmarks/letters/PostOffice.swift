import BenchmarkSupport
import Desk
import DeskSchema
import DeskStore
import Foundation
import JSON
import Jobs
import Postgres
import Runtime
import TimeZones

/// A desk with acknowledgements to send, each of a ticket of its own.
actor PostOffice {
    private let store: DeskStore
    private let owner: String
    /// Of who measures: one for the sink, one for whoever sends to it in this process.
    let loops: (sink: EventLoopGroup, sender: EventLoopGroup)
    private var laid = 0

    /// How many tickets the others are copied from, and how far apart the keys of their copies are.
    static let templates = 100
    private static let step = 1_000

    private init(_ store: DeskStore, owner: String, sink: EventLoopGroup, sender: EventLoopGroup) {
        (self.store, self.owner) = (store, owner)
        loops = (sink, sender)
    }

    static func open(_ cluster: BenchmarkCluster) async throws -> PostOffice {
        guard let connection = ConnectionString(cluster.connection()) else {
            throw BenchmarkFault("the cluster's connection string cannot be read")
        }
        let sender = EventLoopGroup(count: 1)
        let database = Database(DatabaseConfiguration(connection), loops: sender)
        _ = try await Migrator(database, migrations: deskSchema).migrate(programNumber: .max)
        let store = DeskStore(database, timekeeper: SystemTime(), zones: TimeZones())
        // Tests/Benchmarks/letters/PostOffice.swift is four steps below the root.
        let root = (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "Deploy/example/organisation.json"), encoding: .utf8)
        let organisation = try Organisation(json: JSON.parse(text)) { try store.zones.zone($0) }
        _ = try await store.apply(organisation, by: "the benchmark")
        try await database.run("select make_event_partition(current_date)")
        for number in 1...templates {
            _ = try await store.accept(
                Submission(
                    from: Contact(address: "p\(number)@customer.example", language: "en"),
                    subject: "The printer smokes, number \(number)",
                    text: String(repeating: "Since this morning it smokes and makes a noise. ", count: 12),
                    channel: .web, site: nil))
        }
        try await database.run(script: "truncate jobs.job, jobs.finished")
        let own = connection.with("user", "meridian_routing").text
        return PostOffice(store, owner: own, sink: EventLoopGroup(count: 1), sender: sender)
    }

    func close() async { await store.database.close() }

    /// Writes copies of the tickets that a team has, each with a letter that is owed to who asked.
    ///
    /// - Returns: the keys of the letters.
    func lay(_ copies: Int) async throws -> [Int64] {
        let numbers: SQL = "generate_series(\(laid + 1), \(laid + copies)) n"
        let first = Int64((laid + 1) * Self.step)
        laid += copies
        try await store.database.transaction(settings: [("session_replication_role", "replica")]) {
            (transaction: borrowing Transaction) in
            for statement in TicketCopies.statements(
                numbers, step: Self.step, templates: Self.templates, isClosed: false)
            {
                transaction.later(statement)
            }
            transaction.later("update ticket set state = 'assigned' where id > \(first)")
            transaction.later(
                """
                insert into letter select r.* from letter l, \(numbers), lateral jsonb_populate_record(l,
                    jsonb_build_object('id', n * \(Self.step) + l.id, 'uuid', gen_random_uuid(),
                        'ticket', n * \(Self.step) + l.ticket, 'entry', n * \(Self.step) + l.entry)) r
                where l.ticket <= \(Self.templates) and l.audience = 'requester'
                """)
        }
        for script in ["vacuum (analyze)", "checkpoint"] { try await store.database.run(script: script) }
        return try await store.database.all(
            "select id from letter where ticket > \(first) order by id", as: Int64.self)
    }

    private func owe(_ letters: [Int64]) async throws {
        try await store.database.transaction { (transaction: borrowing Transaction) in
            _ = try await transaction.enqueue(contentsOf: letters.map { SendLetter(letter: $0) })
        }
    }

    /// Has a worker send letters.
    func send(
        _ letters: [Int64], over sink: Sink
    ) async throws -> (perSecond: Double, processorSeconds: Double) {
        try await owe(letters)
        let worker = try MeasuredProcess.start(
            ["--work"], environment: [MeasuredWorker.database: owner, MeasuredWorker.port: "\(sink.port)"])
        defer { worker.stop() }
        let begin = ContinuousClock.now
        while try await store.database.first("select exists (select from jobs.job)", as: Bool.self) == true {
            try await store.timekeeper.wait(for: .milliseconds(10))
        }
        let seconds = begin.duration(to: .now) / .seconds(1)
        let sent = try await store.database.first(
            "select count(*) from delivery where letter = any (\(letters)) and sent_at is not null", as: Int.self)
        guard sent == letters.count else { throw BenchmarkFault("\(sent ?? 0) of \(letters.count) letters were sent") }
        let processor = try ProcessFigures.processorSeconds(of: [worker.id])
        return (Double(letters.count) / seconds, processor / Double(letters.count))
    }

    /// Has `pgbench` write of letters what a worker writes, and nothing else; answers with letters a second.
    func write(_ letters: [Int64], on connection: String) async throws -> Double {
        try await owe(letters)
        try await store.database.run(
            script: """
                drop table if exists floor_letter;
                create table floor_letter as select row_number() over (order by j.id) as n, j.id as job, l.id as letter,
                    t.requester as person from jobs.job j join letter l on l.id = (j.arguments->>'letter')::bigint
                    join ticket t on t.id = l.ticket;
                create unique index on floor_letter (n);
                analyze floor_letter;
                drop sequence if exists floor_turn;
                create sequence floor_turn;
                """)
        let bench = PgBench(script: Self.script, clients: LettersBenchmark.width, threads: 1)
        return try await bench.run(connection, transactions: letters.count / LettersBenchmark.width)
            .transactionsPerSecond
    }

    /// That a letter is on its way is one commit, and that it has arrived, with the end of the job, another one.
    private static let script = """
        select letter, person, job from floor_letter where n = (select nextval('floor_turn')) \\gset
        \\startpipeline
        begin;
        update jobs.job set state = 'running', token = 1, worker = gen_random_uuid(), attempt = 1, claimed_at = now()
            where id = :job;
        insert into delivery (letter, person, address, begun_at) values (:letter, :person, 'p1@customer.example', now());
        commit;
        \\endpipeline
        \\startpipeline
        begin;
        update delivery set tries = tries + 1, first_tried_at = now(), sent_at = now(), begun_at = null
            where letter = :letter and person = :person;
        with gone as (delete from jobs.job where id = :job returning *)
            insert into jobs.finished (id, lane, kind, outcome, attempt, enqueued_at, claimed_at, finished_at)
            select id, lane, kind, 'done', attempt, enqueued_at, claimed_at, now() from gone;
        commit;
        \\endpipeline
        """
}
