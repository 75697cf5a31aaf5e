import BenchmarkSupport
import Jobs
import Moments
import Postgres
import Runtime

/// Ten million jobs that are scheduled, waiting or finished, beside the few that are to be done now.
struct Millions {
    let hall: Hall

    private static let count = 10_000_000
    /// What is done beside them.
    private static let jobs = 200_000

    func measure(_ benchmark: Benchmark) async throws {
        let empty = try await rate()
        try await hall.empty()
        Benchmark.say("ten million jobs for later")
        try await scheduled()
        try await record(benchmark, "ten million scheduled", beside: empty)
        try await stats(benchmark)
        try await hall.empty()
        Benchmark.say("ten million finished jobs")
        try await finished()
        try await record(benchmark, "ten million finished", beside: empty)
        try await lookUps(benchmark)
    }

    private func record(_ benchmark: Benchmark, _ name: String, beside empty: Double) async throws {
        benchmark.record(
            Figure(
                "\(name): jobs done", try await rate(), "jobs/s", against: "empty tables", other: empty,
                goal: .ratioAtLeast(0.95)))
    }

    /// Jobs a second of one process, the middle of three rounds, by the server's clock.
    private func rate() async throws -> Double {
        var rates: [Double] = []
        for _ in 1...3 {
            let last = try await hall.database.first("select max(id) from jobs.job", as: Int?.self) ?? nil
            let history = try await hall.database.first("select max(id) from jobs.finished", as: Int?.self) ?? nil
            let before = max(last ?? 0, history ?? 0)
            try await hall.leave(Self.jobs)
            try await hall.database.run(script: "checkpoint")
            let worker = try MeasuredWorker.start(hall.connection, width: 100)
            defer { worker.stop() }
            let measured: SQL = """
                select count(*), extract(epoch from max(finished_at) - min(claimed_at))::float8
                from jobs.finished where id > \(before)
                """
            while true {
                try await SystemTime().wait(for: .milliseconds(500))
                guard let (done, seconds) = try await hall.database.first(measured, as: (Int, Double?).self),
                    done == Self.jobs, let seconds
                else { continue }
                rates.append(Double(done) / seconds)
                break
            }
        }
        Benchmark.say("\(rates.map { Int($0) })")
        return Benchmark.median(rates)
    }

    /// Of the same lane and priority as those that are to be done.
    private func scheduled() async throws {
        try await hall.leave(1)
        try await hall.database.run(
            script: """
                insert into jobs.job (lane, kind, arguments, priority, state, due, attempts_allowed, enqueued_at)
                select lane, kind, arguments, priority, state,
                    now() + interval '1 day' + number * interval '10 milliseconds', attempts_allowed, enqueued_at
                from jobs.job, generate_series(1, \(Self.count)) as number;
                delete from jobs.job where due < now();
                vacuum analyze jobs.job
                """)
    }

    private func finished() async throws {
        try await hall.leave(1)
        try await hall.database.run(
            script: """
                insert into jobs.finished
                    (id, lane, kind, outcome, attempt, enqueued_at, claimed_at, finished_at)
                select nextval(pg_get_serial_sequence('jobs.job', 'id')), lane, kind, 'done', 1, moment, moment, moment
                from jobs.job, generate_series(1, \(Self.count)) as number,
                    lateral (select now() - interval '13 days' + number * interval '100 milliseconds' as moment) passed;
                truncate jobs.job;
                vacuum analyze jobs.finished
                """)
    }

    /// What operators and dashboards ask, at a present at which all ten million are due.
    private func stats(_ benchmark: Benchmark) async throws {
        let later = SystemTime().now + .seconds(30 * 86_400)
        let ledger = JobLedger(hall.database, now: { later })
        let figures: [(String, () async throws -> Void)] = [
            ("what deskctl jobs stats asks", { _ = try await ledger.stats() }),
            ("what the metrics ask", { _ = try await ledger.waits() }),
        ]
        for (name, ask) in figures {
            let times = try await times(of: 200, ask)
            benchmark.record(
                Figure(
                    "ten million waiting: \(name), 99th percentile", Benchmark.percentile(0.99, of: times), "ms",
                    goal: .atMost(10)))
        }
    }

    private func lookUps(_ benchmark: Benchmark) async throws {
        let bounds = try await hall.database.first(
            "select min(id), max(id) from jobs.finished", as: (Int64, Int64).self)
        guard let (first, last) = bounds else { throw BenchmarkFault("nothing is finished") }
        let ledger = JobLedger(hall.database)
        let times = try await times(of: 1000) {
            let id = JobID(rawValue: .random(in: first...last))
            guard try await ledger.show(id) != nil else {
                throw BenchmarkFault("a finished job is not found")
            }
        }
        benchmark.record(
            Figure(
                "ten million finished: look-up of one, 99th percentile", Benchmark.percentile(0.99, of: times), "ms",
                goal: .atMost(5)))
    }

    /// In milliseconds.
    private func times(of count: Int, _ ask: () async throws -> Void) async throws -> [Double] {
        try await ask()
        var times: [Double] = []
        for _ in 0..<count {
            let begun = ContinuousClock.now
            try await ask()
            times.append((ContinuousClock.now - begun) / .milliseconds(1))
        }
        return times
    }
}
