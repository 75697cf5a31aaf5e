import Moments
import Postgres
import Runtime

/// The figures that a worker publishes.
struct JobMetrics: Sendable {
    private let claimed: MetricFamily<Counter>
    private let settled: MetricFamily<Counter>
    private let pickup: MetricFamily<Histogram>
    private let handling: MetricFamily<Histogram>
    private let oldest: MetricFamily<Gauge>

    init(_ metrics: Metrics) {
        claimed = metrics.counter("jobs_claimed_total", "Jobs that this process has claimed.", labels: ["queue"])
        settled = metrics.counter(
            "jobs_finished_total", "Attempts that ended in this process, by what became of the job.",
            labels: ["kind", "outcome"])
        pickup = metrics.histogram(
            "job_pickup_seconds", "Time from when a job was due until it was claimed.", labels: ["queue"])
        handling = metrics.histogram("job_duration_seconds", "Time that handlers took.", labels: ["kind"])
        oldest = metrics.gauge(
            "job_oldest_age_seconds", "Age of the job that has been due for longest.", labels: ["queue", "site"])
    }

    func claimed(_ jobs: [ClaimedJob], from queue: JobQueue) {
        claimed.with(queue.rawValue).add(jobs.count)
        let pickup = pickup.with(queue.rawValue)
        for job in jobs { pickup.observe(job.claimedAt.duration(since: job.due)) }
    }

    func handled(_ job: ClaimedJob, in duration: Duration) {
        handling.with(job.kind.rawValue).observe(duration)
    }

    func settled(_ jobs: [ClaimedJob], as outcome: String) {
        settled(kinds: jobs.map(\.kind), as: outcome)
    }

    func settled(kinds: [JobKind], as outcome: String) {
        for (kind, kinds) in Dictionary(grouping: kinds, by: \.self) {
            settled.with(kind.rawValue, outcome).add(kinds.count)
        }
    }

    func oldest(_ age: Duration, queue: JobQueue, site: String?) {
        oldest.with(queue.rawValue, site ?? "").set(Double(age.wholeMicroseconds) / 1_000_000)
    }
}

extension Settlement {
    /// What the figures call it.
    var name: String {
        switch self {
        case .finished(let outcome, _): outcome.rawValue
        case .forgotten: FinishedOutcome.done.rawValue
        case .dead: "dead"
        case .retry: "retried"
        case .snoozed: "snoozed"
        case .returned: "returned"
        }
    }
}
