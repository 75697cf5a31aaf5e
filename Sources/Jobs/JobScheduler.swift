import Moments
import Postgres
import Runtime

/// Leaves the jobs of schedules when it is time. Any number of processes may do it.
struct JobScheduler: Sendable {
    let schedules: [JobSchedule]
    let database: Database
    let settings: JobWorkerSettings
    let log: Log

    /// Goes on until the task is cancelled.
    func run() async -> JobWorker.Part {
        while !Task.isCancelled {
            var wait = Duration.seconds(5)
            do {
                wait = try await look()
            } catch  where !Task.isCancelled {
                log.warning("the schedules of jobs will be looked at again", ["err": .error(error)])
            } catch {}
            try? await settings.time.wait(for: wait)
        }
        return .schedules
    }

    /// Leaves what is due by the database's clock.
    ///
    /// - Returns: how long there is nothing further to do; at most a minute, in case that clock is set.
    func look() async throws -> Duration {
        let names = schedules.map(\.name)
        let known: SQL = """
            with entered as (
                insert into jobs.schedule (name, last)
                select name, now from unnest(\(names)) as name, (select \(SQL.present(settings.now())) as now) present
                on conflict do nothing returning name, last
            )
            select name, last, \(SQL.present(settings.now())) from (
                select name, last from entered union all select name, last from jobs.schedule where name = any(\(names))
            ) known
            """
        let rows = try await database.all(known, as: (String, Moment, Moment).self)
        var wait = Duration.seconds(60)
        for schedule in schedules {
            guard let (_, last, now) = rows.first(where: { $0.0 == schedule.name }) else { continue }
            let (passed, next) = schedule.ticks(since: last, until: now)
            for tick in passed { try await leave(schedule, at: tick) }
            if let next { wait = min(wait, next.duration(since: now)) }
        }
        return max(wait, .milliseconds(10))
    }

    /// Leaves the job of a time, unless somebody has: of two, the later waits for the earlier and then finds it done.
    private func leave(_ schedule: JobSchedule, at tick: Moment) async throws {
        try await database.transaction { (transaction: borrowing Transaction) in
            let isFirst = try await transaction.run(
                "update jobs.schedule set last = \(tick) where name = \(schedule.name) and last < \(tick)")
            if isFirst == 1 { try await schedule.leave(transaction, tick, settings.now()) }
        }
    }
}
