import JSON
import Jobs
import Moments
import Runtime

extension Command {
    static let jobsStats = Command(
        words: ["jobs", "stats"], summary: "Show what waits in the queue, lane by lane",
        details: "Numbers stop at a bound, so that the answer comes at once however much waits.",
        options: [.data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withDatabase { database in
            let stats = try await JobLedger(database).stats()
            if invocation.has("--json") {
                let rows = stats.map { lane in
                    JSON.object([
                        "queue": lane.queue.rawValue, "site": lane.site, "waiting": lane.waiting,
                        "scheduled": lane.scheduled, "behind": lane.behind, "running": lane.running, "dead": lane.dead,
                        "oldest_seconds": Int(lane.oldestAge.components.seconds), "paused": lane.isPaused,
                    ])
                }
                Terminal.write(JSON.array(rows).text, to: .output)
            } else {
                let rows = stats.map { lane in
                    [
                        lane.queue.rawValue, lane.site ?? "*", "\(lane.waiting)", "\(lane.scheduled)",
                        "\(lane.running)", "\(lane.dead)", "\(lane.oldestAge.components.seconds) s",
                        lane.isPaused ? "paused" : "",
                    ]
                }
                let headings = ["queue", "site", "waiting", "scheduled", "running", "dead", "oldest", ""]
                Terminal.write(Table.text(headings: headings, rows: rows), to: .output)
            }
            return .success
        }
    }

    static let jobsList = Command(
        words: ["jobs", "list"], summary: "List jobs in a state",
        options: [
            .value("--state", "STATE", "ready, running, dead, … (ready)"), .value("--queue", "NAME", "of one queue"),
            .data, .json,
        ]
    ) { invocation in
        let word = invocation.value("--state") ?? "ready"
        guard let state = JobState(rawValue: word) else {
            let words = JobState.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFault("\"\(word)\" is no state of a job.", advice: "one of \(words).", status: .usage)
        }
        return try await list(state, invocation)
    }

    static let jobsDead = Command(
        words: ["jobs", "dead"], summary: "List jobs that were given up, and why",
        options: [.value("--queue", "NAME", "of one queue"), .data, .json]
    ) { try await list(.dead, $0) }

    static let jobsShow = Command(
        words: ["jobs", "show"], summary: "Show a job with its arguments", operands: ["ID"], options: [.data, .json]
    ) { invocation in
        let id = try jobID(invocation)
        return try await DeskConnection(invocation).withDatabase { database in
            guard let job = try await JobLedger(database).show(id) else {
                throw CommandFault("there is no job \(id).", advice: "deskctl jobs list", status: .noInput)
            }
            Terminal.write(invocation.has("--json") ? job.json.text : job.json.laidOut(), to: .output)
            return .success
        }
    }

    static let jobsRetry = Command(
        words: ["jobs", "retry"], summary: "Have a job tried again at once, also one that was given up",
        operands: ["ID"], options: [.data]
    ) { invocation in
        let id = try jobID(invocation)
        return try await DeskConnection(invocation).withDatabase { database in
            do { try await JobLedger(database).retry(id) } catch let refusal as JobRefusal {
                throw CommandFault("\(refusal)", advice: "deskctl jobs show \(id)", status: .data)
            }
            Terminal.write("Job \(id) is tried again.", to: .output)
            return .success
        }
    }

    static let jobsCancel = Command(
        words: ["jobs", "cancel"], summary: "Take a job out of the queue for good, also one that runs",
        details: "What a running job changes in the desk from here on is not kept; what it did elsewhere stays done.",
        operands: ["ID"], options: [.value("--because", "TEXT", "why, for its history"), .data]
    ) { invocation in
        let id = try jobID(invocation)
        let reason = invocation.value("--because") ?? "by deskctl"
        return try await DeskConnection(invocation).withDatabase { database in
            do {
                let hasEnded = try await JobLedger(database).cancel(id, because: reason)
                Terminal.write("Job \(id) is cancelled\(hasEnded ? "" : "; its worker cuts it short").", to: .output)
            } catch let refusal as JobRefusal {
                throw CommandFault("\(refusal)", advice: "deskctl jobs show \(id)", status: .data)
            }
            return .success
        }
    }

    private static func jobID(_ invocation: Invocation) throws -> JobID {
        let word = invocation.operand(0) ?? ""
        guard let number = Int64(word) else {
            throw CommandFault("\"\(word)\" is no number of a job.", advice: "deskctl jobs list", status: .usage)
        }
        return JobID(rawValue: number)
    }

    private static func list(_ state: JobState, _ invocation: Invocation) async throws -> ExitStatus {
        let queue = invocation.value("--queue").map { JobQueue(rawValue: $0) }
        return try await DeskConnection(invocation).withDatabase { database in
            let page = try await JobLedger(database).list(state, queue: queue)
            if invocation.has("--json") {
                Terminal.write(JSON.array(page.jobs.map(\.json)).text, to: .output)
            } else {
                let rows = page.jobs.map { job in
                    [
                        "\(job.id)", job.kind.rawValue, job.site ?? "*", "\(job.attempt)", job.due?.rfc3339 ?? "",
                        job.reason ?? "",
                    ]
                }
                let headings = ["id", "kind", "site", "attempt", "due", "reason"]
                Terminal.write(Table.text(headings: headings, rows: rows), to: .output)
            }
            return .success
        }
    }
}

extension JobRecord {
    fileprivate var json: JSON {
        .object([
            "id": Int(id.rawValue), "kind": kind.rawValue, "queue": queue.rawValue, "site": site,
            "state": state.rawValue, "attempt": attempt, "due": due?.rfc3339, "key": key,
            "enqueued_at": enqueuedAt.rfc3339, "reason": reason, "worker": worker, "arguments": arguments,
        ])
    }
}
