import Moments
import Postgres
import PostgresTestSupport
import Testing

@testable import Jobs

extension TestTemplate {
    /// The queue's tables, and a table for handlers to leave effects in.
    static let queue = TestTemplate("queue", migrations: jobsMigrations) { database in
        try await database.run(
            script: "create table effect (id bigint generated always as identity, job bigint, word text, number int)")
    }
}

/// A queue whose steps a test takes one by one, at moments that the test chooses.
struct TestQueue: Sendable {
    static let start = Moment(seconds: 1_790_000_000)
    static let lease = Duration.seconds(30)

    let database: Database

    init() throws {
        database = try TestDatabase.current
    }

    func register(at now: Moment = start, sites: [String]? = nil) async throws -> WorkerID {
        let worker = WorkerID()
        try await database.run(
            .register(worker, name: "test", queues: ["notes"], sites: sites, lease: Self.lease, now: now))
        return worker
    }

    @discardableResult
    func leave<J: Job>(
        _ job: J, at due: Moment? = nil, site: String? = nil, key: String? = nil, unique: String? = nil,
        priority: JobPriority? = nil, deadline: Moment? = nil, now: Moment = start
    ) async throws -> JobID? {
        try await database.transaction { transaction in
            try await transaction.enqueue(
                job, at: due, site: site, key: key, unique: unique, priority: priority, deadline: deadline,
                now: now)
        }
    }

    func claim(
        as worker: WorkerID, limit: Int = 10, at now: Moment = start,
        kinds: [JobKind] = [Note.kind, Memo.kind, Step.kind],
        sites: Set<String>? = nil
    ) async throws -> [ClaimedJob] {
        let lanes = try await lanes(sites: sites)
        let answers = try await database.pipeline(
            claim(as: worker, limit: limit, at: now, kinds: kinds, lanes: lanes).statements)
        return try answers[1].rows(of: ClaimedJob.self)
    }

    func claim(
        as worker: WorkerID, limit: Int = 10, at now: Moment = start, kinds: [JobKind] = [Note.kind, Memo.kind],
        lanes: [Int32]
    ) -> Claim {
        var order = ClaimOrder()
        let (lanes, priorities) = order.next(lanes: lanes)
        return Claim(
            worker: worker, lanes: lanes, priorities: priorities, waits: lanes.map { _ in .zero }, kinds: kinds,
            limit: limit,
            token: .random(in: 0 ... .max),
            now: now)
    }

    func lanes(sites: Set<String>? = nil) async throws -> [Int32] {
        let directory = LaneDirectory(sites: sites)
        try await directory.refresh(from: database)
        return directory.lanes(of: "notes") + directory.lanes(of: "hurry")
    }

    /// Settles a job; false if it is no longer the token's.
    @discardableResult
    func settle(_ job: ClaimedJob, _ settlement: Settlement, at now: Moment = start) async throws -> Bool {
        let answers = try await database.pipeline(settlement.statements(of: job, now: now))
        return answers[settlement.fence(of: job)].affectedRows == 1
    }

    func context(of job: ClaimedJob, at now: Moment = start) async throws -> JobContext {
        let directory = LaneDirectory(sites: nil)
        try await directory.refresh(from: database)
        return JobContext(
            job, lane: try #require(directory.lane(job.lane)), policy: .standard, database: database, now: { now })
    }

    func rescue(at now: Moment) async throws -> Rescue.Report {
        try await Rescue(database: database, now: now).run()
    }

    /// States of the jobs in the order of their numbers.
    func states() async throws -> [String] {
        try await database.all("select state from jobs.job order by id", as: String.self)
    }

    func ledger(at now: Moment = start) -> JobLedger {
        JobLedger(database, now: { now })
    }
}

extension TestQueue {
    init(database: Database) {
        self.database = database
    }

    /// Returns when a session waits for a lock that another holds.
    func untilSomebodyWaits() async throws {
        let waiting: SQL = """
            select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
            """
        while try await database.first(waiting, as: Int.self) == 0 {}
    }
}
