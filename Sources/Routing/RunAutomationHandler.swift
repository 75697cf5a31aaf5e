import Desk
public import DeskStore
public import Jobs
import Postgres
public import Runtime

/// Asks the organisation's rules about a ticket, and does what they say.
public struct RunAutomationHandler: Sendable {
    let store: DeskStore
    private let log: Log
    private let ran: Counter
    private let stopped: MetricFamily<Counter>

    public init(_ store: DeskStore, metrics: Metrics, log: Log) {
        (self.store, self.log) = (store, log)
        ran = metrics.counter("meridian_automation_runs_total", "How often a rule has done something to a ticket.")
        stopped = metrics.counter(
            "meridian_automation_stops_total", "How often a rule was stopped, by the reason.", labels: ["reason"])
    }

    public var handler: JobHandler {
        JobHandler(for: RunAutomation.self) {
            (job: RunAutomation, context: JobContext, transaction: borrowing Transaction) in
            guard let outcome = try await store.automate(job, using: transaction) else {
                return .discard(because: "the ticket has moved on, or its rules are gone")
            }
            ran.add(outcome.ran.count)
            for stop in outcome.stopped {
                stopped.with(stop.reason.rawValue).add()
                log.warning(
                    "a rule was stopped",
                    [
                        "rule": .string(stop.rule), "reason": .string(stop.reason.rawValue),
                        "ticket": .string("\(job.ticket)"), "chain": .string(stop.chain.joined(separator: " > ")),
                    ])
            }
            return .done
        }
    }
}
